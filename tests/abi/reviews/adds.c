/* Adds to the review `closing` what ANSWER says, or fails where FAILS is defined; knows no other review. */
#include "duban_plugin.h"
#include <string.h>

#ifndef ANSWER
#define ANSWER "[{\"item\":\"seal\",\"result\":\"pass\",\"evidence\":\"K1\"},{\"item\":\"transcript\",\"result\":\"missing\"}]"
#endif

static int is(duban_text text, const char *word) {
    return text.len == strlen(word) && memcmp(text.at, word, text.len) == 0;
}

/* Whether the record names something: memmem is not everywhere. */
static int names(duban_text record, const char *word) {
    size_t len = strlen(word);
    for (size_t at = 0; at + len <= record.len; at++)
        if (memcmp(record.at + at, word, len) == 0) return 1;
    return 0;
}

static duban_status review(void *state, duban_text name, duban_text record, const duban_answer *answer) {
    (void)state;
#ifdef FAILS
    return DUBAN_FAILED;
#endif
    if (!is(name, "closing")) return DUBAN_REFUSED;
    /* What lies ahead of the review is not shown to it. */
    if (!names(record, "\"seen\"") || names(record, "\"ahead\"")) return DUBAN_FAILED;
    duban_text text = { (const uint8_t *)ANSWER, sizeof ANSWER - 1 };
    return answer->write(answer->context, text);
}

static const duban_review reviews = { sizeof reviews, 0, review };

static duban_status open_plugin(const duban_host *host, void **state) {
    (void)host;
    *state = NULL;
    return DUBAN_OK;
}

static void close_plugin(void *state) { (void)state; }

static const void *extension(void *state, duban_text name) {
    (void)state;
    return is(name, DUBAN_REVIEW) ? &reviews : NULL;
}

#define TEXT(literal) { (const uint8_t *)literal, sizeof literal - 1 }

DUBAN_EXPORT const duban_plugin duban_plugin_adds = {
    DUBAN_MAGIC, DUBAN_ABI, sizeof(duban_plugin), TEXT("adds"), TEXT("1.0.0"),
    NULL, 0, open_plugin, close_plugin, extension,
};
