/** The matrix of clauses and drivers: what was proved, by which tests, with which evidence. */
@NullMarked
package dev.eventbus.conformance.report;

import org.jspecify.annotations.NullMarked;
