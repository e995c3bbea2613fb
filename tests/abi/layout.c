/* Prints the layout of every struct of the header, as the tests print that of the Rust twin. */
#include "duban_plugin.h"
#include <stdio.h>

#define S(type) printf("%s %zu\n", #type, sizeof(duban_##type))
#define F(type, field) printf("%s.%s %zu\n", #type, #field, offsetof(duban_##type, field))

int main(void) {
    S(text); F(text, at); F(text, len);
    S(file); F(file, name); F(file, content);
    S(host); F(host, abi); F(host, size); F(host, context); F(host, log);
    S(plugin); F(plugin, magic); F(plugin, abi); F(plugin, size); F(plugin, id); F(plugin, version); F(plugin, files);
    F(plugin, file_count); F(plugin, open); F(plugin, close); F(plugin, extension);
    S(column); F(column, type); F(column, code_count); F(column, cells); F(column, text); F(column, codes);
    S(calendar); F(calendar, workdays_upto); F(calendar, workdays); F(calendar, workday_count);
    S(batch); F(batch, size); F(batch, rows); F(batch, as_of_day); F(batch, reserved); F(batch, as_of_second);
    F(batch, bound); F(batch, columns); F(batch, column_count); F(batch, calendar);
    S(finding); F(finding, row); F(finding, level); F(finding, reserved); F(finding, reason); F(finding, start); F(finding, due);
    S(sink); F(sink, size); F(sink, reserved); F(sink, context); F(sink, found);
    S(batch_check); F(batch_check, size); F(batch_check, reserved); F(batch_check, check);
    S(answer); F(answer, size); F(answer, reserved); F(answer, context); F(answer, write);
    S(review); F(review, size); F(review, reserved); F(review, review);
    S(channel); F(channel, size); F(channel, reserved); F(channel, deliver);
    S(report_data); F(report_data, size); F(report_data, reserved); F(report_data, data);
    printf("ABI %u\nstatus %d %d %d %d\nlevels %u %u %u\ntypes %u %u %u %u %u %u\n", DUBAN_ABI, DUBAN_OK, DUBAN_FAILED,
        DUBAN_REFUSED, DUBAN_FULL, DUBAN_DUE_SOON, DUBAN_OVERDUE, DUBAN_VIOLATION, DUBAN_DAY, DUBAN_TIME, DUBAN_CODE,
        DUBAN_FLAG, DUBAN_NUMBER, DUBAN_TEXT);
    printf("%s\n%s\n%s\n%s\n", DUBAN_BATCH_CHECK, DUBAN_REVIEW, DUBAN_CHANNEL, DUBAN_REPORT_DATA);
    return 0;
}
