using System.ComponentModel.DataAnnotations;
using Tessera.Host.Models;
using Tessera.Inference;
using Tessera.Rag.Retrieval.Stores;

namespace Tessera.Host.Startup;

/// <summary>What the operator may set. Validated before anything starts.</summary>
internal sealed record TesseraOptions
{
    /// <summary>Everything that is kept lies below it. <c>--data</c>, <c>TESSERA_DATA</c>.</summary>
    [Required]
    public string DataFolder { get; init; } = "data";

    /// <summary>
    /// Connection string of PostgreSQL: rows and jobs lie there, shared by all hosts that name it. Null: all lies in the data folder. The role owns nothing
    /// and may do only what the schema lets it. <c>TESSERA_POSTGRES</c>.
    /// </summary>
    public string? Postgres { get; init; }

    /// <summary>The same database as the role that owns the schema: used at the start alone, to bring it to this version. <c>TESSERA_POSTGRES_OWNER</c>.</summary>
    public string? PostgresOwner { get; init; }

    /// <summary>Where chunks lie. <c>TESSERA_CHUNKS</c>: sqlite, pgvector or qdrant; what is not set is pgvector beside PostgreSQL, else sqlite.</summary>
    public ChunkStoreKind Chunks { get; init; }

    /// <summary>Address of the Qdrant server. <c>TESSERA_QDRANT</c>.</summary>
    public string? QdrantUrl { get; init; }

    /// <summary>Its key. <c>TESSERA_QDRANT_KEY</c>.</summary>
    public string? QdrantKey { get; init; }

    /// <summary>A folder that all hosts see: bytes of documents, packages, models, keys. Null: the data folder. <c>TESSERA_BLOBS</c>.</summary>
    public string? SharedFolder { get; init; }

    /// <summary>Where backups are kept. Null: a folder below the data folder. <c>TESSERA_BACKUPS</c>.</summary>
    public string? Backups { get; init; }

    /// <summary>Addresses to listen on, separated by <c>;</c>. <c>--urls</c>, <c>TESSERA_URLS</c>.</summary>
    [Required]
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary>A proxy in front does TLS: plain HTTP beyond loopback is allowed and forwarded headers count. <c>--behind-proxy</c>.</summary>
    public bool BehindProxy { get; init; }

    /// <summary>Host names that requests may name beside loopback and the hosts of <see cref="Urls"/>. <c>TESSERA_HOSTS</c>, separated by <c>;</c>.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Largest upload in bytes.</summary>
    [Range(1024, 10L * 1024 * 1024 * 1024)]
    public long UploadLimit { get; init; } = 100 * 1024 * 1024;

    /// <summary>Bytes that all loaded models may take together; half of the machine's memory where it is not set. <c>TESSERA_MODEL_MEMORY</c>.</summary>
    [Range(64L * 1024 * 1024, 1L << 50)]
    public long ModelMemory { get; init; } = new LlamaOptions().MemoryBytes;

    /// <summary>Bytes that the indexes of all tenants may take in memory, about; the one in use stays. <c>TESSERA_INDEX_MEMORY</c>.</summary>
    [Range(1024 * 1024, 1L << 50)]
    public long IndexMemory { get; init; } = new ChunkStoresOptions().IndexBudget;

    /// <summary>Replies that a model writes side by side, where its memory allows it. <c>TESSERA_MODEL_SLOTS</c>.</summary>
    [Range(1, 64)]
    public int ModelSlots { get; init; } = new LlamaOptions().Slots;

    /// <summary>Tokens of a prompt and its reply together, where the model and its memory allow it. <c>TESSERA_MODEL_CONTEXT</c>.</summary>
    [Range(128, 1 << 20)]
    public int ModelContext { get; init; } = new LlamaOptions().SlotTokens;

    /// <summary>Largest model that is uploaded, in bytes. <c>TESSERA_MODEL_LIMIT</c>.</summary>
    [Range(1024 * 1024, 1L << 50)]
    public long ModelLimit { get; init; } = 20L * 1024 * 1024 * 1024;

    /// <summary>Address of the hub that models are pulled from; null: nothing is pulled. <c>TESSERA_HUB</c>.</summary>
    public string? HubUrl { get; init; }

    /// <summary>Sent to the hub as bearer token. <c>TESSERA_HUB_TOKEN</c>.</summary>
    public string? HubToken { get; init; }

    /// <summary>Questions and searches under way at once; more are told to come again. <c>TESSERA_QUESTIONS</c>.</summary>
    [Range(2, 1 << 16)]
    public int Questions { get; init; } = 512;

    /// <summary>Those of one tenant.</summary>
    public int QuestionsOfOne => Questions / 2;

    /// <summary>Jobs at once.</summary>
    [Range(1, 256)]
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 8);

    /// <summary>The administrator's password at the first start; null: one is made and printed. <c>TESSERA_ADMIN_PASSWORD</c>.</summary>
    [MinLength(10)]
    [MaxLength(256)]
    public string? AdminPassword { get; init; }

    /// <summary>A key of the administrator, re-read at each start. <c>TESSERA_ADMIN_KEY</c>.</summary>
    [MinLength(32)]
    [MaxLength(256)]
    public string? AdminKey { get; init; }

    /// <summary>A key that reads <c>/metrics</c> and what <c>/health/ready</c> checks, and nothing else; null: platform administrators alone do. <c>TESSERA_METRICS_KEY</c>.</summary>
    [MinLength(32)]
    [MaxLength(256)]
    public string? MetricsKey { get; init; }

    /// <summary>The collector that traces, metrics and logs are sent to; null: nothing is sent. <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public string? OtlpEndpoint { get; init; }

    /// <summary>How it is spoken to: <c>grpc</c> or <c>http/protobuf</c>. <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>.</summary>
    [RegularExpression("grpc|http/protobuf", ErrorMessage = "OTEL_EXPORTER_OTLP_PROTOCOL is grpc or http/protobuf.", MatchTimeoutInMilliseconds = 1000)]
    public string OtlpProtocol { get; init; } = "grpc";

    /// <summary>Sent with each export: <c>name=value</c>, separated by commas. <c>OTEL_EXPORTER_OTLP_HEADERS</c>.</summary>
    public string? OtlpHeaders { get; init; }

    /// <summary>The packages that came with the host.</summary>
    [Required]
    public string PackagesFolder { get; init; } = Path.Combine(AppContext.BaseDirectory, "packages");

    /// <summary>Public keys (PEM files, or folders of them) of further publishers whose packages are taken. <c>TESSERA_PUBLISHERS</c>, separated by <c>;</c>.</summary>
    public IReadOnlyList<string> Publishers { get; init; } = [];

    /// <summary>The Reader that is run as a child.</summary>
    [Required]
    public string ReaderPath { get; init; } = Path.Combine(AppContext.BaseDirectory, "reader", "Tessera.Reader.dll");

    /// <summary>The Training that is run as a child.</summary>
    [Required]
    public string TrainingPath { get; init; } = Path.Combine(AppContext.BaseDirectory, "training", "Tessera.Training.dll");

    /// <summary>Most memory that adapting models may take, in bytes. <c>TESSERA_TRAINING_MEMORY</c>.</summary>
    [Range(256L * 1024 * 1024, 1L << 40)]
    public long TrainingMemory { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Most seconds that it may learn. <c>TESSERA_TRAINING_SECONDS</c>.</summary>
    [Range(1, 24 * 60 * 60)]
    public int TrainingSeconds { get; init; } = 30 * 60;

    /// <summary>Tries models out; null: in a child process.</summary>
    public IModelTrial? ModelTrial { get; init; }

    /// <summary>Where models are pulled from; null: the hub at <see cref="HubUrl"/>.</summary>
    public IModelHub? ModelHub { get; init; }

    /// <summary>Where people read what happens at the start: the generated password, once.</summary>
    public TextWriter Announcements { get; init; } = Console.Out;

    /// <summary>Set where a command runs the host for itself: nothing listens on <see cref="Urls"/> then.</summary>
    public OperatorDoor? Operator { get; init; }

    public string DatabaseFile => Path.Combine(DataFolder, "tessera.db");

    public string LockFile => Path.Combine(DataFolder, "lock");

    /// <summary>Whether rows and jobs are shared with other hosts.</summary>
    public bool IsServer => Postgres is not null;

    public string BackupsFolder => Backups ?? Path.Combine(DataFolder, "backups");

    public string KeysFolder => Path.Combine(SharedRoot, "keys");

    public string BlobsFolder => Path.Combine(SharedRoot, "blobs");

    public string ChunksFolder => Path.Combine(DataFolder, "chunks");

    public string PluginsFolder => Path.Combine(SharedRoot, "plugins");

    /// <summary>How models run in this process.</summary>
    public LlamaOptions Llama => new() { MemoryBytes = ModelMemory, Slots = ModelSlots, SlotTokens = ModelContext };

    public string ModelsFolder => Path.Combine(SharedRoot, "models");

    public string AdaptersFolder => Path.Combine(ModelsFolder, "adapters");

    public string AdaptedFolder => Path.Combine(SharedRoot, "adapted");

    public string ScratchFolder => Path.Combine(DataFolder, "scratch");

    /// <summary>Where what is uploaded is written first: on the volume that it stays on, so that it is moved in one step.</summary>
    public string UploadsFolder => Path.Combine(SharedRoot, "scratch", "uploads");

    /// <summary>Where lies what all hosts see.</summary>
    public string SharedRoot => SharedFolder ?? DataFolder;
}
