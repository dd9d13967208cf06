package com.example.export;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Writes rows as comma separated values. */
public final class CsvWriter {
    private final Writer out;

    public CsvWriter(Writer out) {
        this.out = out;
    }

    /** Writes one row and ends it with carriage return and line feed, as RFC 4180 asks. */
    public void row(List<String> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.write(quote(cells.get(i)));
        }
        out.write("\r\n");
    }

    /** Puts a cell in quotation marks when it holds a comma, a quotation mark or a newline; marks inside are doubled. */
    static String quote(String cell) {
        if (cell.startsWith("=") || cell.startsWith("+") || cell.startsWith("@")) {
            // A leading apostrophe keeps spreadsheets from running the cell as a formula.
            cell = "'" + cell;
        }
        if (cell.indexOf(',') < 0 && cell.indexOf('"') < 0 && cell.indexOf('\n') < 0) {
            return cell;
        }
        return '"' + cell.replace("\"", "\"\"") + '"';
    }
}
