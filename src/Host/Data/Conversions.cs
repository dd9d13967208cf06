using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Tessera.Sdk;

namespace Tessera.Host.Data;

/// <summary>How our own types lie in columns. Times are Unix milliseconds, so that the database can order and compare them.</summary>
internal static class Conversions
{
    public static void UseTesseraConversions(this ModelConfigurationBuilder builder)
    {
        builder.Properties<TenantId>().HaveConversion<TenantIdConverter>();
        builder.Properties<DateTimeOffset>().HaveConversion<TimeConverter>();
        builder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }

    private sealed class TenantIdConverter() : ValueConverter<TenantId, Guid>(id => id.Value, value => new TenantId(value));

    private sealed class TimeConverter() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(), value => DateTimeOffset.FromUnixTimeMilliseconds(value));
}
