package io.limitledger.gateway.cli.file;

/**
 * Something wrong in a file.
 *
 * @param line counted from 1, as is the column
 */
record FileMistake(String file, int line, int column, String message) implements Comparable<FileMistake> {
    @Override
    public int compareTo(FileMistake other) {
        int byLine = Integer.compare(line, other.line);
        return byLine == 0 ? Integer.compare(column, other.column) : byLine;
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
