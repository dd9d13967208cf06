namespace Tessera.Reader.Formats;

/// <summary>What a file's bytes say it is.</summary>
internal enum FileSignature
{
    /// <summary>No signature known here: text, or something unknown.</summary>
    None,
    Pdf,

    /// <summary>A zip container, whatever it holds.</summary>
    Zip,

    /// <summary>tar, gzip, bzip2, xz, 7-Zip or RAR.</summary>
    Archive,

    /// <summary>An OLE compound file: .doc, .xls, .ppt, .msg …</summary>
    Compound,

    /// <summary>An OLE compound file around a document with a password.</summary>
    EncryptedCompound,
    Rtf,

    /// <summary>PNG, JPEG, GIF, TIFF, BMP or WebP.</summary>
    Image,
}
