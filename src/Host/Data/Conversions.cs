using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Tessera.Sdk;

namespace Tessera.Host.Data;

/// <summary>
/// How our own types lie in columns. Times are Unix milliseconds, so that every database orders and compares them alike; so are texts, by their
/// code units and not as a language would.
/// </summary>
internal static class Conversions
{
    public static void UseTesseraConversions(this ModelConfigurationBuilder builder, bool isPostgres)
    {
        if (isPostgres)
        {
            builder.Properties<string>().UseCollation("C").HaveConversion<TextConverter>();
        }

        builder.Properties<TenantId>().HaveConversion<TenantIdConverter>();
        builder.Properties<DateTimeOffset>().HaveConversion<TimeConverter>();
        builder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }

    // PostgreSQL keeps no U+0000, which questions may hold: it becomes the sign for what cannot be shown.
    private sealed class TextConverter() : ValueConverter<string, string>(text => text.Replace('\0', '\uFFFD'), text => text);

    private sealed class TenantIdConverter() : ValueConverter<TenantId, Guid>(id => id.Value, value => new TenantId(value));

    private sealed class TimeConverter() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(), value => DateTimeOffset.FromUnixTimeMilliseconds(value));
}
