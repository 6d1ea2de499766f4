package dev.eventbus.driver.nats;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.eventbus.driver.nats",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** The client makes its data port by name, for which the port must be public. */
  @ArchTest
  static final ArchRule onlyTheProviderAndTheDataPortArePublic = classes()
      .that()
      .arePublic()
      .and()
      .areTopLevelClasses()
      .should()
      .haveNameMatching(".*\\.(NatsProvider|HeaderSafeDataPort)");

  @ArchTest
  static final ArchRule theEngineIsNotSeen =
      noClasses().should().dependOnClassesThat().resideInAPackage("dev.eventbus.engine..");

  @ArchTest
  static final ArchRule itsClientAloneIsNeeded = classes()
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage(
          "java..",
          "javax.net.ssl..",
          "dev.eventbus",
          "dev.eventbus.spi..",
          "dev.eventbus.driver.nats..",
          "io.nats.client..",
          "org.slf4j..",
          "org.jspecify..");
}
