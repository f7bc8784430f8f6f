package io.limitledger.gateway.cli.client;

import java.util.ArrayList;
import java.util.List;

/** Rows under titles, each column as wide as it needs to be; columns of text give way where the terminal is narrower. */
public final class Table {
    private static final String GAP = "  ";
    private static final int NARROWEST = 8;
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** A column; what is right-aligned is a number, and is never shortened. */
    private record Column(String title, boolean isNumber) {}

    private Table(List<Column> columns) {
        this.columns = columns;
    }

    /** One column for each title; a title that ends with {@code >} is that of a column of numbers. */
    public static Table of(String... titles) {
        List<Column> columns = new ArrayList<>();
        for (String title : titles) {
            boolean isNumber = title.endsWith(">");
            columns.add(new Column(isNumber ? title.substring(0, title.length() - 1) : title, isNumber));
        }
        return new Table(columns);
    }

    /** Adds a row; its texts may come from elsewhere. */
    public Table row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException("Expected " + columns.size() + " cells, but got " + cells.length);
        }
        rows.add(List.of(cells).stream().map(Printable::of).toList());
        return this;
    }

    /** The lines, none wider than that if it can be. A column without any text is left out. */
    public List<String> lines(int width, boolean hasColour) {
        List<Integer> shown = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            int index = column;
            if (rows.stream().anyMatch(row -> !row.get(index).isEmpty())) {
                shown.add(column);
            }
        }
        int[] widths = shown.stream().mapToInt(this::needed).toArray();
        fit(shown, widths, width);
        List<String> lines = new ArrayList<>();
        String titles = line(columns.stream().map(Column::title).toList(), shown, widths);
        lines.add(hasColour ? BOLD + titles + PLAIN : titles);
        rows.forEach(row -> lines.add(line(row, shown, widths)));
        return lines;
    }

    private int needed(int column) {
        int title = columns.get(column).title().length();
        return rows.stream().mapToInt(row -> TextWidth.of(row.get(column))).reduce(title, Math::max);
    }

    /** Takes from the widest column of text as long as it is too much. */
    private void fit(List<Integer> shown, int[] widths, int width) {
        long total = GAP.length() * (shown.size() - 1L);
        for (int one : widths) {
            total += one;
        }
        while (total > width) {
            int widest = -1;
            for (int index = 0; index < widths.length; index++) {
                boolean isText = !columns.get(shown.get(index)).isNumber();
                if (isText && widths[index] > NARROWEST && (widest < 0 || widths[index] > widths[widest])) {
                    widest = index;
                }
            }
            if (widest < 0) {
                return;
            }
            widths[widest]--;
            total--;
        }
    }

    private String line(List<String> cells, List<Integer> shown, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int index = 0; index < shown.size(); index++) {
            String cell = TextWidth.shortened(cells.get(shown.get(index)), widths[index]);
            String space = " ".repeat(widths[index] - TextWidth.of(cell));
            boolean isNumber = columns.get(shown.get(index)).isNumber();
            line.append(index == 0 ? "" : GAP).append(isNumber ? space + cell : cell + space);
        }
        return line.toString().stripTrailing();
    }
}
