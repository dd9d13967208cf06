using System.Text.Json;

namespace Tessera.Inference.Constraints.Schemas;

/// <summary>Reads keywords of numbers.</summary>
internal static class BoundsReader
{
    private const int MostDecimals = 9;

    public static NumberBounds Read(NumberBounds bounds, SchemaNode node, string keyword, JsonElement value)
    {
        // Draft 4 said with a boolean that the bound itself is out.
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False && keyword is "exclusiveMinimum" or "exclusiveMaximum")
        {
            var excluded = value.ValueKind == JsonValueKind.True;
            return keyword == "exclusiveMinimum" ? bounds with { LowExcluded = excluded } : bounds with { HighExcluded = excluded };
        }

        if (keyword == "multipleOf")
        {
            return bounds with { Scale = Scale(node, value) };
        }

        var number = Number(node, keyword, value);
        return bounds.And(keyword switch
        {
            "minimum" => new NumberBounds { Low = number, LowExcluded = bounds.LowExcluded },
            "exclusiveMinimum" => new NumberBounds { Low = number, LowExcluded = true },
            "maximum" => new NumberBounds { High = number, HighExcluded = bounds.HighExcluded },
            _ => new NumberBounds { High = number, HighExcluded = true },
        });
    }

    /// <summary>Numbers beyond what is ever written stand just outside of it.</summary>
    private static decimal Number(SchemaNode node, string keyword, JsonElement value)
    {
        const decimal beyond = NumberBounds.Largest + 1;
        if (value.ValueKind != JsonValueKind.Number)
        {
            throw node.Bad(keyword, "It is not a number.");
        }

        return value.TryGetDecimal(out var number) ? Math.Clamp(number, -beyond, beyond) : value.GetDouble() > 0 ? beyond : -beyond;
    }

    private static int Scale(SchemaNode node, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var step))
        {
            for (var digits = 0; digits <= MostDecimals; digits++, step *= 10)
            {
                if (step >= 1)
                {
                    return step == 1 ? digits : throw Refused();
                }
            }
        }

        throw Refused();

        ModelException Refused() => node.Bad("multipleOf", "A grammar keeps only 1, 0.1, 0.01 and so on; leave it out or list the values.");
    }
}
