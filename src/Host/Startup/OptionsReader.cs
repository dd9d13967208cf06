using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Npgsql;
using Tessera.Host.Identity;

namespace Tessera.Host.Startup;

/// <summary>Options from the environment, and their check.</summary>
internal static class OptionsReader
{
    /// <summary>What the environment sets; commands override it by <c>with</c>.</summary>
    /// <exception cref="OptionsException">A variable cannot be read.</exception>
    public static TesseraOptions FromEnvironment(Func<string, string?> variable)
    {
        var options = new TesseraOptions { AdminPassword = Read("TESSERA_ADMIN_PASSWORD"), AdminKey = Read("TESSERA_ADMIN_KEY") };
        return options with
        {
            DataFolder = Read("TESSERA_DATA") ?? options.DataFolder,
            Postgres = Read("TESSERA_POSTGRES"),
            PostgresOwner = Read("TESSERA_POSTGRES_OWNER"),
            SharedFolder = Read("TESSERA_BLOBS"),
            Backups = Read("TESSERA_BACKUPS"),
            Chunks = Read("TESSERA_CHUNKS") switch
            {
                null => Read("TESSERA_POSTGRES") is null ? ChunkStoreKind.Sqlite : ChunkStoreKind.Pgvector,
                "sqlite" => ChunkStoreKind.Sqlite,
                "pgvector" => ChunkStoreKind.Pgvector,
                "qdrant" => ChunkStoreKind.Qdrant,
                _ => throw new OptionsException("TESSERA_CHUNKS is sqlite, pgvector or qdrant."),
            },
            QdrantUrl = Read("TESSERA_QDRANT"),
            QdrantKey = Read("TESSERA_QDRANT_KEY"),
            Urls = Read("TESSERA_URLS") ?? options.Urls,
            AllowedHosts = List("TESSERA_HOSTS"),
            Publishers = List("TESSERA_PUBLISHERS"),
            BehindProxy = Flag("TESSERA_BEHIND_PROXY"),
            UploadLimit = Number("TESSERA_UPLOAD_LIMIT") ?? options.UploadLimit,
            Workers = (int)Math.Min(Number("TESSERA_WORKERS") ?? options.Workers, int.MaxValue),
            Questions = (int)Math.Min(Number("TESSERA_QUESTIONS") ?? options.Questions, int.MaxValue),
            ModelMemory = Number("TESSERA_MODEL_MEMORY") ?? options.ModelMemory,
            IndexMemory = Number("TESSERA_INDEX_MEMORY") ?? options.IndexMemory,
            ModelSlots = (int)Math.Min(Number("TESSERA_MODEL_SLOTS") ?? options.ModelSlots, int.MaxValue),
            ModelContext = (int)Math.Min(Number("TESSERA_MODEL_CONTEXT") ?? options.ModelContext, int.MaxValue),
            TrainingMemory = Number("TESSERA_TRAINING_MEMORY") ?? options.TrainingMemory,
            TrainingSeconds = (int)Math.Min(Number("TESSERA_TRAINING_SECONDS") ?? options.TrainingSeconds, int.MaxValue),
            HubUrl = Read("TESSERA_HUB"),
            HubToken = Read("TESSERA_HUB_TOKEN"),
            ModelLimit = Number("TESSERA_MODEL_LIMIT") ?? options.ModelLimit,
            MetricsKey = Read("TESSERA_METRICS_KEY"),
            OtlpEndpoint = Read("OTEL_EXPORTER_OTLP_ENDPOINT"),
            OtlpProtocol = Read("OTEL_EXPORTER_OTLP_PROTOCOL") ?? options.OtlpProtocol,
            OtlpHeaders = Read("OTEL_EXPORTER_OTLP_HEADERS"),
        };

        string? Read(string name) => SecretFiles.Read(name, variable);

        string[] List(string name) => Read(name)?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

        bool Flag(string name) => Read(name) switch
        {
            null or "0" or "false" => false,
            "1" or "true" => true,
            _ => throw new OptionsException($"{name} is 1 or 0."),
        };

        long? Number(string name) => Read(name) is not { } text ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new OptionsException($"{name} is a whole number.");
    }

    /// <exception cref="OptionsException">Something is missing, weak or would listen in the open.</exception>
    public static void Check(TesseraOptions options)
    {
        var faults = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true))
        {
            throw new OptionsException(string.Join(' ', faults.Select(fault => fault.ErrorMessage)));
        }

        if (options.HubUrl is { } hub && (!Uri.TryCreate(hub, UriKind.Absolute, out var at) || at.Scheme is not ("http" or "https") || at.UserInfo.Length + at.Query.Length + at.Fragment.Length > 0))
        {
            throw new OptionsException("TESSERA_HUB is an http or https address without user, '?' and '#'; a token goes into TESSERA_HUB_TOKEN.");
        }

        if (options.HubToken is { } token && token.Any(letter => letter is <= ' ' or > '~'))
        {
            throw new OptionsException("TESSERA_HUB_TOKEN is made of visible ASCII characters without blanks.");
        }

        CheckStores(options);
        if (options.OtlpEndpoint is { } collector && (!Uri.TryCreate(collector, UriKind.Absolute, out var to) || to.Scheme is not ("http" or "https") || to.UserInfo.Length + to.Query.Length + to.Fragment.Length > 0))
        {
            throw new OptionsException("OTEL_EXPORTER_OTLP_ENDPOINT is an http or https address without user, '?' and '#'; a token goes into OTEL_EXPORTER_OTLP_HEADERS.");
        }

        Refuse(options.AdminPassword, "TESSERA_ADMIN_PASSWORD");
        Refuse(options.AdminKey, "TESSERA_ADMIN_KEY");
        Refuse(options.MetricsKey, "TESSERA_METRICS_KEY");
        foreach (var address in ListenAddress.Parse(options.Urls))
        {
            if (address is { IsHttps: false, IsLoopback: false } && !options.BehindProxy)
            {
                throw new OptionsException(
                    $"{address.Url} would carry passwords and documents in the clear beyond this machine. Listen on 127.0.0.1, or put a proxy with TLS in front and say --behind-proxy.");
            }
        }
    }

    private static void CheckStores(TesseraOptions options)
    {
        if (options.Postgres is null && (options.PostgresOwner is not null || options.Chunks == ChunkStoreKind.Pgvector))
        {
            throw new OptionsException("TESSERA_POSTGRES names no database; chunks in pgvector, and an owner, are of that database.");
        }

        if (options is { IsServer: true, Chunks: ChunkStoreKind.Sqlite })
        {
            throw new OptionsException("Hosts that share rows share chunks too: TESSERA_CHUNKS is pgvector or qdrant beside TESSERA_POSTGRES.");
        }

        foreach (var connection in new[] { options.Postgres, options.PostgresOwner }.OfType<string>())
        {
            try
            {
                if (new NpgsqlConnectionStringBuilder(connection) is { Host: null } or { Username: null } or { NoResetOnClose: true })
                {
                    throw new ArgumentException("It names no host or user, or keeps sessions open.");
                }
            }
            catch (ArgumentException)
            {
                throw new OptionsException("TESSERA_POSTGRES and TESSERA_POSTGRES_OWNER are connection strings with Host, Database, Username and Password, without 'No Reset On Close'.");
            }
        }

        if (options.Chunks == ChunkStoreKind.Qdrant && (!Uri.TryCreate(options.QdrantUrl, UriKind.Absolute, out var at) || at.Scheme is not ("http" or "https")))
        {
            throw new OptionsException("TESSERA_QDRANT is the http or https address of the Qdrant server that TESSERA_CHUNKS=qdrant asks for.");
        }
    }

    private static void Refuse(string? secret, string name)
    {
        if (secret is not null && SecretRules.Weakness(secret) is { } weakness)
        {
            throw new OptionsException($"{name}: {weakness}");
        }
    }
}
