package dev.eventbus.driver.embedded;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.eventbus.driver.embedded",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule onlyTheProviderIsPublic =
      classes().that().arePublic().should().haveSimpleName("EmbeddedProvider");

  @ArchTest
  static final ArchRule theEngineIsNotSeen =
      noClasses().should().dependOnClassesThat().resideInAPackage("dev.eventbus.engine..");

  @ArchTest
  static final ArchRule itsClientAloneIsNeeded = classes()
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage(
          "java..",
          "dev.eventbus",
          "dev.eventbus.spi..",
          "dev.eventbus.driver.embedded..",
          "org.sqlite..",
          "org.slf4j..",
          "org.jspecify..");
}
