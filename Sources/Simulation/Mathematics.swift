import Glibc

func logarithm(_ value: Double) -> Double { log(value) }
func exponentialFunction(_ value: Double) -> Double { exp(value) }
