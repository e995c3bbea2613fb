/* Adds to its report `adds.all` what ANSWER says, or fails where FAILS is defined; knows no other report. */
#include "duban_plugin.h"
#include <string.h>

#ifndef ANSWER
#define ANSWER "{\"said\":\"<b>3</b>\"}"
#endif

static int is(duban_text text, const char *word) {
    return text.len == strlen(word) && memcmp(text.at, word, text.len) == 0;
}

static duban_status data(void *state, duban_text name, duban_text request, const duban_answer *answer) {
    (void)state;
#ifdef FAILS
    return DUBAN_FAILED;
#endif
    if (!is(name, "adds.all") || request.len == 0) return DUBAN_REFUSED;
    duban_text text = { (const uint8_t *)ANSWER, sizeof ANSWER - 1 };
    return answer->write(answer->context, text);
}

static const duban_report_data report_data = { sizeof report_data, 0, data };

static duban_status open_plugin(const duban_host *host, void **state) {
    (void)host;
    *state = NULL;
    return DUBAN_OK;
}

static void close_plugin(void *state) { (void)state; }

static const void *extension(void *state, duban_text name) {
    (void)state;
    return is(name, DUBAN_REPORT_DATA) ? &report_data : NULL;
}

#define TEXT(literal) { (const uint8_t *)literal, sizeof literal - 1 }

DUBAN_EXPORT const duban_plugin duban_plugin_adds = {
    DUBAN_MAGIC, DUBAN_ABI, sizeof(duban_plugin), TEXT("adds"), TEXT("1.0.0"),
    NULL, 0, open_plugin, close_plugin, extension,
};
