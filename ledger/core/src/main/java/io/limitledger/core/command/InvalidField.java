package io.limitledger.core.command;

/**
 * A mistake in a command.
 *
 * @param field its name in the JSON form
 * @param message what was expected, and what came
 */
public record InvalidField(String field, String message) {}
