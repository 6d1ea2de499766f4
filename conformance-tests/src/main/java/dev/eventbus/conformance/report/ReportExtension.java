package dev.eventbus.conformance.report;

import dev.eventbus.conformance.Clause;
import dev.eventbus.conformance.Conformance;
import dev.eventbus.conformance.Proves;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestWatcher;

/** Notes in the matrix how each test went; the last test of the run writes the report. */
public final class ReportExtension implements BeforeAllCallback, TestWatcher {

  private static final String DIRECTORY = "conformance.report";
  private static final Matrix MATRIX = new Matrix();

  /** For JUnit. */
  public ReportExtension() {}

  /** The matrix of this run. */
  public static Matrix matrix() {
    return MATRIX;
  }

  /** Where the report and its evidence go. */
  public static Path directory() {
    return Path.of(System.getProperty(DIRECTORY, "target/conformance"));
  }

  /** Written when JUnit closes its root, after the last class. */
  private static final class AtTheEnd implements AutoCloseable {
    @Override
    public void close() {
      try {
        ReportFiles.write(MATRIX.publish(), directory());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(Namespace.create(ReportExtension.class))
        .computeIfAbsent(AtTheEnd.class, any -> new AtTheEnd());
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    note(context, true);
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    note(context, false);
  }

  /** A test that its broker has no means for leaves its clauses open, and says what is missing. */
  @Override
  public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
    Proves proves = context.getRequiredTestMethod().getAnnotation(Proves.class);
    if (proves != null
        && context.getRequiredTestInstance() instanceof Conformance conformance
        && cause != null) {
      String driver = conformance.bench().broker().driver();
      MATRIX.open(driver, proves.value()[0], "" + cause.getMessage());
    }
  }

  private static void note(ExtensionContext context, boolean passed) {
    Method method = context.getRequiredTestMethod();
    Proves proves = method.getAnnotation(Proves.class);
    if (proves == null || !(context.getRequiredTestInstance() instanceof Conformance conformance)) {
      return;
    }
    String driver = conformance.bench().broker().driver();
    String evidence = directory()
        .toAbsolutePath()
        .relativize(conformance.bench().directory().toAbsolutePath())
        .toString();
    for (Clause clause : proves.value()) {
      MATRIX.tested(driver, clause, method.getName(), passed, evidence);
    }
  }
}
