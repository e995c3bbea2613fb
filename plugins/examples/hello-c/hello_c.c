/* 问候: finds open cases whose notice of enforcement went out before the case was filed. A whole native specialist in C.
 *
 *   cc -shared -fPIC -I ../../abi/include -o libhello_c.so hello_c.c
 */
#include "duban_plugin.h"
#include <string.h>

static int is(duban_text text, const char *word) {
    return text.len == strlen(word) && memcmp(text.at, word, text.len) == 0;
}

/* The check `notice-before-filing` over the columns filed_at and notice_sent_on. */
static duban_status check(void *state, duban_text name, const duban_batch *batch, const duban_sink *sink) {
    (void)state;
    if (!is(name, "notice-before-filing") || batch->column_count != 2) return DUBAN_REFUSED;
    const uint64_t *filed = batch->columns[0].cells;
    const uint16_t *sent = batch->columns[1].cells;
    for (uint32_t row = 0; row < batch->rows; row++) {
        if (!batch->bound[row] || filed[row] == 0 || sent[row] == 0) continue;
        uint16_t filed_on = (uint16_t)(filed[row] / 2 / 86400);
        if (sent[row] < filed_on) {
            duban_finding finding = { row, DUBAN_VIOLATION, 0, 1, filed_on, 0 };
            duban_status status = sink->found(sink->context, &finding, 1);
            if (status != DUBAN_OK) return status;
        }
    }
    return DUBAN_OK;
}

static const duban_batch_check batch_check = { sizeof batch_check, 0, check };

static duban_status open_plugin(const duban_host *host, void **state) {
    (void)host;
    *state = NULL;
    return DUBAN_OK;
}

static void close_plugin(void *state) { (void)state; }

static const void *extension(void *state, duban_text name) {
    (void)state;
    return is(name, DUBAN_BATCH_CHECK) ? &batch_check : NULL;
}

#define TEXT(literal) { (const uint8_t *)literal, sizeof literal - 1 }

DUBAN_EXPORT const duban_plugin duban_plugin_hello_c = {
    DUBAN_MAGIC, DUBAN_ABI, sizeof(duban_plugin), TEXT("hello-c"), TEXT("1.0.0"),
    NULL, 0, open_plugin, close_plugin, extension,
};
