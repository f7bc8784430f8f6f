package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list, each item of the same type. All items that are not valid are told. */
public record ListField<T>(FieldType<T> items) implements FieldType<List<T>> {
    @Override
    public @Nullable List<T> read(JsonNode value, Place place, Mistakes mistakes) {
        if (!value.isArray()) {
            mistakes.add("list_type", place, "Input should be a valid list", value);
            return null;
        }
        List<T> valid = new ArrayList<>();
        for (int number = 0; number < value.size(); number++) {
            T item = items.read(value.get(number), place.at(number), mistakes);
            if (item != null) {
                valid.add(item);
            }
        }
        return valid.size() == value.size() ? valid : null;
    }
}
