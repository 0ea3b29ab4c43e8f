#ifndef ROSSIO_CURL_SHIM_H
#define ROSSIO_CURL_SHIM_H

#include <curl/curl.h>

/* libcurl's variadic calls and macros do not import into Swift; each stands here as a plain call. */

static inline CURLcode rossio_curl_long(CURL *handle, CURLoption option, long value) {
  return (curl_easy_setopt)(handle, option, value);
}

/* libcurl copies the text. */
static inline CURLcode rossio_curl_text(CURL *handle, CURLoption option, const char *value) {
  return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode rossio_curl_pointer(CURL *handle, CURLoption option, void *value) {
  return (curl_easy_setopt)(handle, option, value);
}

/* For CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION, which have the same form. */
static inline CURLcode rossio_curl_receiver(
    CURL *handle, CURLoption option, size_t (*receiver)(char *, size_t, size_t, void *)) {
  return (curl_easy_setopt)(handle, option, receiver);
}

static inline long rossio_curl_status(CURL *handle) {
  long status = 0;
  (curl_easy_getinfo)(handle, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

/* The result of the transfer that has ended on `multi`, or -1 while it goes on. */
static inline int rossio_curl_result(CURLM *multi) {
  int left = 0;
  CURLMsg *message;
  while ((message = curl_multi_info_read(multi, &left)) != NULL) {
    if (message->msg == CURLMSG_DONE) return (int)message->data.result;
  }
  return -1;
}

static inline void rossio_curl_start(void) { curl_global_init(CURL_GLOBAL_DEFAULT); }

#endif
