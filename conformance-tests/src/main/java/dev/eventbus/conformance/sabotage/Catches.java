package dev.eventbus.conformance.sabotage;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The saboteurs under which a test must fail, naming a clause that it proves. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Catches {

  /** The saboteurs. */
  Saboteur[] value();
}
