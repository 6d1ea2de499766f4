/**
 * What an application sees: {@link dev.eventbus.EventBus} and the values that go in and out of it.
 *
 * <p>The promises behind these types are the clauses of {@code docs/contract.md}; Javadoc names the
 * clause it stands for.
 */
@NullMarked
package dev.eventbus;

import org.jspecify.annotations.NullMarked;
