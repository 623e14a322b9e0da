#include <zlib.h>

/* inflateInit2 is a macro, which Swift does not import. 15 bits of window, plus 16 for the gzip header. */
static inline int czlib_start_gunzip(z_stream *stream) { return inflateInit2(stream, 15 + 16); }

/* Negative bits: data without any header, as archives hold them. */
static inline int czlib_start_inflate(z_stream *stream) { return inflateInit2(stream, -15); }
