package dev.eventbus.brokers;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.eventbus.brokers",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule theBusIsNotNeeded = classes()
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage(
          "java..",
          "dev.eventbus.brokers..",
          "com.fasterxml.jackson..",
          "org.slf4j..",
          "org.jspecify..");
}
