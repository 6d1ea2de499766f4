/**
 * Buses that are broken on purpose, one for each promise, and brokers that refuse on purpose: a test
 * that does not catch the one that breaks its clause proves nothing.
 */
@NullMarked
package dev.eventbus.conformance.sabotage;

import org.jspecify.annotations.NullMarked;
