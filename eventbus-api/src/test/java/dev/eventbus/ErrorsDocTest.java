package dev.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/errors.md} has a part for each error code, and for nothing else. */
class ErrorsDocTest {

  private static final Path FILE = Path.of("..", "docs", "errors.md");
  private static final String CHAPTER = "## The bus itself";

  private static List<String> codes() {
    return new ClassFileImporter()
        .withImportOption(new DoNotIncludeTests()).importPackages("dev.eventbus").stream()
            .filter(type -> type.isAssignableTo(ErrorCode.class) && type.isEnum())
            .map(JavaClass::reflect)
            .flatMap(type -> Stream.of(type.getEnumConstants()))
            .map(constant -> ((ErrorCode) constant).id())
            .toList();
  }

  /** The codes that have a part in the bus's own chapter; drivers have one each. */
  private static List<String> documented() throws IOException {
    return Files.readAllLines(FILE).stream()
        .dropWhile(line -> !line.equals(CHAPTER))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("### "))
        .map(line -> line.substring("### ".length()))
        .toList();
  }

  @Test
  void everyCodeHasAPartAndEveryPartHasACode() throws IOException {
    assertThat(codes()).isNotEmpty().doesNotHaveDuplicates();
    assertThat(documented()).containsExactlyInAnyOrderElementsOf(codes());
  }

  @Test
  void everyPartSaysWhyAndHowToMend() throws IOException {
    String text = Files.readString(FILE);
    String[] parts = text.split("\n### ", -1);
    assertThat(parts).hasSizeGreaterThan(1);
    assertThat(Stream.of(parts).skip(1))
        .allSatisfy(part -> assertThat(part).contains("**Why.**", "**Mend.**", "```"));
  }
}
