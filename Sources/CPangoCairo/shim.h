#include <cairo.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

/* Pango's cast macros do not import into Swift. */

/* Makes `map` take its fonts from `config` alone. */
static inline void rossio_font_map_set_config(PangoFontMap *map, FcConfig *config) {
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
}

/* A font map of its own over FreeType; NULL when cairo was built without it. */
static inline PangoFontMap *rossio_font_map_new(void) {
  return pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
}
