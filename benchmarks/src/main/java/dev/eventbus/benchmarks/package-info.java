/** JMH benchmarks of the engine and the drivers. */
@NullMarked
package dev.eventbus.benchmarks;

import org.jspecify.annotations.NullMarked;
