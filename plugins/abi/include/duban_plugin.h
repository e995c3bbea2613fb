/* duban_plugin.h — the boundary between Duban and a native specialist, ABI 1.
 *
 * A plugin is a shared library that exports one constant: a `duban_plugin`, named
 * `duban_plugin_` and the plugin's id, each `-` or `.` written as `_`. The host reads
 * that table and checks it before it calls anything.
 *
 * Rules that hold everywhere (ABI.md says more):
 *   texts      UTF-8, pointer and length, not terminated; `at` may be NULL only where `len` is 0.
 *   borrowing  whatever one side hands the other is borrowed for that call, unless its note says
 *              otherwise. Nothing allocated on one side is freed on the other.
 *   threads    each note says on which thread a function may be called.
 *   errors     a status other than DUBAN_OK switches the plugin off for the run; say why through
 *              `host->log` first. Exceptions and panics must never cross.
 *   time       there is no clock here: the batch says as of when.
 *   growth     structs grow at their end only; `size` is how much of it the writer knew. Read no
 *              further than that. Anything else new is a new extension or a new revision of one.
 */
#ifndef DUBAN_PLUGIN_H
#define DUBAN_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Version of this ABI: its own, not the product's. Since 1. */
#define DUBAN_ABI 1u

/* The first eight bytes of every `duban_plugin`. Since 1. */
#define DUBAN_MAGIC { 'D', 'U', 'B', 'A', 'N', 'P', 'L', 'G' }

#if defined(_WIN32)
#define DUBAN_EXPORT __declspec(dllexport)
#else
#define DUBAN_EXPORT __attribute__((visibility("default")))
#endif

/* What a function says of how it went. Since 1. */
typedef int32_t duban_status;
#define DUBAN_OK 0      /* it did what it was asked to */
#define DUBAN_FAILED 1  /* it could not; the plugin is off for this run */
#define DUBAN_REFUSED 2 /* it was asked for something it does not know */
#define DUBAN_FULL 3    /* from a sink: nothing more is taken; return at once, with this status */

/* A text. Since 1. */
typedef struct duban_text {
    const uint8_t *at;
    size_t len;
} duban_text;

/* A text file that the plugin carries. Since 1. */
typedef struct duban_file {
    duban_text name;    /* `specialist.toml`, `duties/x.toml` */
    duban_text content;
} duban_file;

/* How grave a log line is. Since 1. */
#define DUBAN_LOG_ERROR 1u
#define DUBAN_LOG_NOTICE 2u

/* What the host offers. Borrowed until `close` returns. Since 1. */
typedef struct duban_host {
    uint32_t abi;  /* the host's ABI, at least the plugin's */
    uint32_t size; /* sizeof(duban_host) as the host knows it */
    void *context; /* handed back in every call */
    /* Says something to whoever keeps the system. Any thread; copied before it returns. */
    void (*log)(void *context, uint32_t level, duban_text message);
} duban_host;

/* The table a plugin exports. Constant, alive as long as the library. Since 1. */
typedef struct duban_plugin {
    char magic[8];           /* DUBAN_MAGIC */
    uint32_t abi;            /* DUBAN_ABI as the plugin was compiled */
    uint32_t size;           /* sizeof(duban_plugin) as the plugin was compiled */
    duban_text id;           /* as `id` in specialist.toml: a-z, 0-9 and `-` */
    duban_text version;      /* of the plugin, for people */
    const duban_file *files; /* texts it carries; NULL where they lie beside the library */
    size_t file_count;
    /* Makes the plugin ready. Called once, before any other, on one thread. `*state` is handed back
     * in every later call and may be NULL. On failure the library stays loaded and unused. */
    duban_status (*open)(const duban_host *host, void **state);
    /* Called once, last, on one thread, while no other call is under way. */
    void (*close)(void *state);
    /* The table of a named extension, alive until `close`; NULL where the plugin has none of that
     * name. After `open`, one thread. */
    const void *(*extension)(void *state, duban_text name);
} duban_plugin;

/* ---- Columns ------------------------------------------------------------------------------- */

/* What a column's cells are. In every type a cell of zero bytes is “unknown”. Since 1. */
#define DUBAN_DAY 1u    /* uint16_t: days since 1949-12-31 */
#define DUBAN_TIME 2u   /* uint64_t: seconds since 1949-12-31T00:00, times two, and one more where only the day is known */
#define DUBAN_CODE 3u   /* uint8_t: place in `codes`, from 1 */
#define DUBAN_FLAG 4u   /* uint8_t: 1 false, 2 true */
#define DUBAN_NUMBER 5u /* uint64_t: a number, or an amount in fen, its sign bit turned over */
#define DUBAN_TEXT 6u   /* uint32_t, one more than there are rows: where each text begins in `text`; empty is unknown */

/* A column of a batch. Since 1. */
typedef struct duban_column {
    uint32_t type;
    uint32_t code_count;
    const void *cells;       /* one a row, aligned to eight bytes */
    const uint8_t *text;     /* DUBAN_TEXT: the bytes of all texts */
    const duban_text *codes; /* DUBAN_CODE: the ids, in order */
} duban_column;

/* The court's calendar as two tables. Since 1. */
typedef struct duban_calendar {
    const uint16_t *workdays_upto; /* 65,536: how many working days lie before a day or on it */
    const uint16_t *workdays;      /* the n-th working day, from 0 */
    size_t workday_count;
} duban_calendar;

/* Records of one kind. Since 1. */
typedef struct duban_batch {
    uint32_t size;               /* sizeof(duban_batch) as the host knows it */
    uint32_t rows;               /* 1 to 4,096 */
    uint16_t as_of_day;          /* what lies later has not happened yet */
    uint16_t reserved;           /* 0 */
    uint32_t as_of_second;       /* since 00:00 */
    const uint8_t *bound;        /* one a row: 1 where the duty's condition holds; find nothing elsewhere */
    const duban_column *columns; /* in the order in which the duty names them */
    size_t column_count;
    const duban_calendar *calendar;
} duban_batch;

/* How bad a finding is. Since 1. */
#define DUBAN_DUE_SOON 1u
#define DUBAN_OVERDUE 2u
#define DUBAN_VIOLATION 3u

/* What a check found of one record. Since 1. */
typedef struct duban_finding {
    uint32_t row;     /* within the batch; once at most */
    uint8_t level;
    uint8_t reserved; /* 0 */
    uint16_t reason;  /* place in the duty's `reasons`, from 1; 0 for none */
    uint16_t start;   /* day on which the clock started; 0 for none */
    uint16_t due;     /* last day; 0 for none. Due soon: today or later; overdue: before today */
} duban_finding;

/* Takes findings. Since 1. */
typedef struct duban_sink {
    uint32_t size;
    uint32_t reserved;
    void *context;
    /* On the thread of the call it belongs to; copied before it returns. */
    duban_status (*found)(void *context, const duban_finding *findings, size_t count);
} duban_sink;

/* ---- Extension duban.batch-check/1 ------------------------------------------------------------- */

#define DUBAN_BATCH_CHECK "duban.batch-check/1"

/* Checks of whole batches, for duties that say `check = "…"`. Since 1. */
typedef struct duban_batch_check {
    uint32_t size;
    uint32_t reserved;
    /* Checks a batch. Any thread, several at once. The same batch must always give the same findings. DUBAN_REFUSED
     * where the plugin has no check of that name. */
    duban_status (*check)(void *state, duban_text name, const duban_batch *batch, const duban_sink *sink);
} duban_batch_check;

/* ---- Texts in, texts out ------------------------------------------------------------------------- */

/* Takes the one text a call answers with. Since 1. */
typedef struct duban_answer {
    uint32_t size;
    uint32_t reserved;
    void *context;
    /* On the thread of the call; copied before it returns. Called again, it adds to what there is. */
    duban_status (*write)(void *context, duban_text part);
} duban_answer;

#define DUBAN_REVIEW "duban.review/1"

/* Reviews one case, deeply and rarely. Since 1. */
typedef struct duban_review {
    uint32_t size;
    uint32_t reserved;
    /* `name`: which review: "closing", and "termination" besides where the round of enforcement is to be terminated; a
     * plugin refuses what it does not know. `record`: {"as_of":…,"case":{…},"records":[…]}, fields as in JSON Lines, what
     * lies later than `as_of` left out. Answers with a list
     * [{"item":…,"result":"pass|fail|missing|not-applicable","evidence":…}]. Any thread, several at once. */
    duban_status (*review)(void *state, duban_text name, duban_text record, const duban_answer *answer);
} duban_review;

#define DUBAN_CHANNEL "duban.channel/1"

/* Delivers a message. Since 1. */
typedef struct duban_channel {
    uint32_t size;
    uint32_t reserved;
    /* `message`: {"key":…,"to":…,"address":…,"subject":…,"text":…}. The same key may come again: deliver it once. Answers
     * with {"state":"sent|delivered|failed","detail":…}. Any thread, one at a time. */
    duban_status (*deliver)(void *state, duban_text message, const duban_answer *answer);
} duban_channel;

#define DUBAN_REPORT_DATA "duban.report-data/1"

/* Adds to what a report's templates see. Since 1. */
typedef struct duban_report_data {
    uint32_t size;
    uint32_t reserved;
    /* `name`: which report. `request`: {"period":…,"as_of":…,"model":{…}}. Answers with an object, which the templates
     * see as `extra`. Any thread, several at once. */
    duban_status (*data)(void *state, duban_text name, duban_text request, const duban_answer *answer);
} duban_report_data;

#ifdef __cplusplus
}
#endif

#endif /* DUBAN_PLUGIN_H */
