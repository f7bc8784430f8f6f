package io.limitledger.gateway.contest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table in Markdown. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> head) {
        rows.add(head);
        rows.add(head.stream().map(unused -> "---").toList());
    }

    void add(String... row) {
        rows.add(List.of(row));
    }

    String text() {
        return rows.stream().map(row -> "| " + String.join(" | ", row) + " |\n").collect(Collectors.joining());
    }
}
