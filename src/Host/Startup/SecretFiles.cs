namespace Tessera.Host.Startup;

/// <summary>Secrets from files, as containers get them: <c>NAME_FILE</c> names the file that holds what <c>NAME</c> would.</summary>
internal static class SecretFiles
{
    private const string Suffix = "_FILE";
    private const int Largest = 64 * 1024;

    /// <summary>The variables that may come from a file. Any other <c>…_FILE</c> is nobody's.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "TESSERA_ADMIN_PASSWORD", "TESSERA_ADMIN_KEY", "TESSERA_KEY", "TESSERA_METRICS_KEY", "TESSERA_HUB_TOKEN", "TESSERA_POSTGRES", "TESSERA_POSTGRES_OWNER", "TESSERA_QDRANT_KEY",
        "OTEL_EXPORTER_OTLP_HEADERS",
    ];

    /// <summary>The value of a variable: its own or that of its file, without the line break at its end; null where there is neither.</summary>
    /// <exception cref="OptionsException">Both are set, or the file cannot be read, is empty or is none of a secret.</exception>
    public static string? Read(string name, Func<string, string?> variable)
    {
        var value = variable(name) is { Length: > 0 } set ? set : null;
        if (!Names.Contains(name, StringComparer.Ordinal) || variable(name + Suffix) is not { Length: > 0 } file)
        {
            return value;
        }

        if (value is not null)
        {
            throw new OptionsException($"{name} and {name}{Suffix} are both set. Keep one.");
        }

        try
        {
            var text = new FileInfo(file) is { Length: <= Largest } ? File.ReadAllText(file).TrimEnd('\r', '\n') : "";
            return text.Length > 0 && !text.AsSpan().ContainsAny('\r', '\n', '\0')
                ? text
                : throw new OptionsException($"The file of {name}{Suffix} does not hold one line with the secret.");
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw new OptionsException($"The file of {name}{Suffix} cannot be read: {closed.Message}");
        }
    }
}
