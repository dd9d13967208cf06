using System.ComponentModel.DataAnnotations;

namespace Tessera.Rag.Ingestion;

/// <summary>Limits of the Reader processes. The defaults hold hostile files to 10 seconds and 512 MB.</summary>
public sealed class ReaderOptions
{
    /// <summary>Path of <c>Tessera.Reader.dll</c>, its dependencies beside it.</summary>
    [Required]
    public required string Assembly { get; set; }

    /// <summary>Folder for the workers' temporary files; each worker has a folder of its own in it that ends with the worker.</summary>
    [Required]
    public string ScratchFolder { get; set; } = Path.GetTempPath();

    /// <summary>Processes at work at once.</summary>
    [Range(1, 64)]
    public int Workers { get; set; } = 2;

    /// <summary>Largest file, in bytes.</summary>
    [Range(1, int.MaxValue)]
    public long MaximumBytes { get; set; } = 100L << 20;

    /// <summary>Longest text of one document, in UTF-16 code units.</summary>
    [Range(1, 1 << 28)]
    public int MaximumCharacters { get; set; } = 32 << 20;

    /// <summary>Managed heap of a worker, in bytes.</summary>
    [Range(64 << 20, long.MaxValue)]
    public long HeapLimit { get; set; } = 384L << 20;

    /// <summary>Resident memory at which a worker is stopped, in bytes.</summary>
    [Range(128 << 20, long.MaxValue)]
    public long ResidentLimit { get; set; } = 500L << 20;

    /// <summary>Resident memory after a file at which a worker is replaced, in bytes.</summary>
    [Range(64 << 20, long.MaxValue)]
    public long ResidentToReplace { get; set; } = 300L << 20;

    /// <summary>Time for a small file.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>More time for each megabyte of the file.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan TimePerMegabyte { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>More time for each page that must be recognised from its image.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan TimePerScannedPage { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Pages of one file that get <see cref="TimePerScannedPage"/>.</summary>
    [Range(0, 10_000)]
    public int ScannedPages { get; set; } = 500;

    /// <summary>Files after which a worker is replaced.</summary>
    [Range(1, int.MaxValue)]
    public int FilesPerWorker { get; set; } = 500;

    /// <summary>A worker without work for so long ends.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleTime { get; set; } = TimeSpan.FromSeconds(60);
}
