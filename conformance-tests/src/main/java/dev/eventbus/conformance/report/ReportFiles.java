package dev.eventbus.conformance.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The matrix as a file for programs and a page for people. */
final class ReportFiles {

  private static final String HEAD = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <title>Conformance</title>
      <style>
      body { font: 15px/1.4 system-ui, sans-serif; margin: 2rem; color: #222; background: #fff; }
      table { border-collapse: collapse; }
      th, td { border: 1px solid #ccc; padding: .3rem .6rem; text-align: left; vertical-align: top; }
      .proved { background: #d9f2d9; }
      .broken { background: #f8c9c9; font-weight: bold; }
      .not-offered { background: #fdf0c8; }
      .open { color: #888; }
      small { color: #666; }
      </style>
      </head>
      <body>
      <h1>Conformance</h1>
      <p>A row for each clause of the contract, a column for each driver. ● is mandatory in the
      reliable profile. A cell is <em>proved</em>, <em>not offered</em> (the broker cannot, and using
      it is an error that says so), <em>broken</em>, or <em>open</em> (no test yet). It counts the
      tests, and the broken buses that they caught.</p>
      <table>
      """;

  private ReportFiles() {}

  static void write(Matrix.Published matrix, Path directory) throws IOException {
    Files.createDirectories(directory);
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(directory.resolve("matrix.json").toFile(), matrix);
    Files.writeString(directory.resolve("index.html"), page(matrix));
  }

  private static String page(Matrix.Published matrix) {
    Map<String, Matrix.Cell> cells = matrix.cells().stream()
        .collect(
            Collectors.toMap(cell -> cell.clause() + "/" + cell.driver(), Function.identity()));
    var page = new StringBuilder(HEAD).append("<tr><th>Clause</th>");
    for (Matrix.DriverColumn driver : matrix.drivers()) {
      page.append("<th>%s<br><small>%s, %s</small></th>"
          .formatted(escaped(driver.id()), escaped(driver.broker()), escaped(driver.client())));
    }
    page.append("</tr>\n");
    for (Matrix.ClauseRow clause : matrix.clauses()) {
      page.append("<tr><td><b>%s</b>%s %s</td>"
          .formatted(clause.id(), clause.mandatory() ? " ●" : "", escaped(clause.title())));
      for (Matrix.DriverColumn driver : matrix.drivers()) {
        Matrix.Cell cell = cells.get(clause.id() + "/" + driver.id());
        page.append(cell == null ? "<td></td>" : cell(cell));
      }
      page.append("</tr>\n");
    }
    return page.append("</table>\n</body>\n</html>\n").toString();
  }

  private static String cell(Matrix.Cell cell) {
    String counts = cell.tests() == 0
        ? ""
        : "<br><small>tests: %d, saboteurs: %d%s</small>"
            .formatted(cell.tests(), cell.saboteurs(), link(cell.evidence()));
    return "<td class=\"%s\">%s%s%s</td>"
        .formatted(cell.state().replace(' ', '-'), cell.state(), reason(cell.reason()), counts);
  }

  private static String reason(String text) {
    return text.isEmpty() ? "" : "<br><small>" + escaped(text) + "</small>";
  }

  private static String link(String evidence) {
    return evidence.isEmpty() ? "" : ", <a href=\"%s\">evidence</a>".formatted(escaped(evidence));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
