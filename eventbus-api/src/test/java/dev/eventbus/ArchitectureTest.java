package dev.eventbus;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.eventbus.engine.BusFactory;
import dev.eventbus.engine.EngineRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

@AnalyzeClasses(packages = "dev.eventbus", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule theEngineShowsItsFactoryAndItsRuntimeAlone = classes()
      .that()
      .resideInAPackage("dev.eventbus.engine..")
      .and()
      .areTopLevelClasses()
      .and()
      .doNotHaveSimpleName("package-info")
      .should()
      .notBePublic()
      .orShould()
      .be(BusFactory.class)
      .orShould()
      .be(EngineRuntime.class);

  @ArchTest
  static final ArchRule theSpiDoesNotKnowTheEngine = noClasses()
      .that()
      .resideInAPackage("dev.eventbus.spi..")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("dev.eventbus.engine..");

  @ArchTest
  static final ArchRule connectAloneKnowsTheEngine = noClasses()
      .that()
      .resideInAPackage("dev.eventbus")
      .and()
      .areNotAssignableTo(EventBus.class)
      .should()
      .dependOnClassesThat()
      .resideInAPackage("dev.eventbus.engine..");

  @ArchTest
  static final ArchRule connectKnowsTheFactoryAlone = noClasses()
      .that()
      .resideInAPackage("dev.eventbus")
      .should()
      .dependOnClassesThat(
          resideInAPackage("dev.eventbus.engine..").and(not(equivalentTo(BusFactory.class))));

  @ArchTest
  static final ArchRule theApiDoesNotKnowTheSpi = noClasses()
      .that()
      .resideInAPackage("dev.eventbus")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("dev.eventbus.spi..");

  @ArchTest
  static final ArchRule nothingButJavaAndTwoSmallLibrariesIsNeeded = classes()
      .should()
      .onlyDependOnClassesThat(resideInAPackage("java..")
          .or(resideInAPackage("org.slf4j"))
          .or(resideInAPackage("org.jspecify.annotations"))
          .or(resideInAPackage("dev.eventbus..")));

  @ArchTest
  static final ArchRule aPublicTypeIsNamedAfterWhatItIs = noClasses()
      .that()
      .arePublic()
      .should()
      .haveSimpleNameEndingWith("Impl")
      .orShould()
      .haveSimpleNameEndingWith("Util")
      .orShould()
      .haveSimpleNameEndingWith("Utils")
      .orShould()
      .haveSimpleNameEndingWith("Helper")
      .orShould()
      .haveSimpleNameEndingWith("Manager");

  /** A class that needs more is two. */
  private static final int LINES = 450;

  @ArchTest
  static final ArchRule noSourceFileIsLongerThanALookTakesIn = classes()
      .that()
      .areTopLevelClasses()
      .should(new ArchCondition<>("have a source file of at most " + LINES + " lines") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
          long lines = linesOf(type);
          events.add(new SimpleConditionEvent(
              type, lines <= LINES, type.getName() + " has " + lines + " lines"));
        }
      });

  private static long linesOf(JavaClass type) {
    Path file = Path.of("src", "main", "java", type.getName().replace('.', '/') + ".java");
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
