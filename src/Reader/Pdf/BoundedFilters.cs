using System.IO.Compression;
using Tessera.Reader.Formats;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Tessera.Reader.Pdf;

/// <summary>
/// The PDF library's own filters, with a limit on what they unpack: 2 KB of nested deflate would take gigabytes. The library
/// swallows what a filter throws, so <see cref="ThrowIfExceeded"/> is to be called after each step.
/// </summary>
internal sealed class BoundedFilters : IFilterProvider
{
    private const long MaximumStream = 64L << 20;
    private const long MaximumTotal = 1L << 30;

    private long _total;

    private bool Exceeded { get; set; }

    /// <exception cref="UnreadableException">too-large: a stream of the file was not unpacked to its end.</exception>
    public void ThrowIfExceeded()
    {
        if (Exceeded)
        {
            throw new UnreadableException("too-large", "The PDF unpacks to far more than a document needs, as bombs do. It was not read.");
        }
    }

    public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary) => Bound(DefaultFilterProvider.Instance.GetFilters(dictionary));

    public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names) => Bound(DefaultFilterProvider.Instance.GetNamedFilters(names));

    public IReadOnlyList<IFilter> GetAllFilters() => Bound(DefaultFilterProvider.Instance.GetAllFilters());

    private IFilter[] Bound(IReadOnlyList<IFilter> filters) => [.. filters.Select(x => new Bounded(x, this))];

    private void Take(long bytes)
    {
        _total += bytes;
        if (bytes > MaximumStream || _total > MaximumTotal)
        {
            Exceeded = true;
            ThrowIfExceeded();
        }
    }

    /// <summary>Inflates into nothing, to the limit. Damaged data is the real filter's matter.</summary>
    private static long Inflate(Memory<byte> input)
    {
        var buffer = new byte[1 << 16];
        var total = 0L;
        try
        {
            using var stream = new ZLibStream(new MemoryStream(input.ToArray()), CompressionMode.Decompress);
            for (int read; total <= MaximumStream && (read = stream.Read(buffer)) > 0;)
            {
                total += read;
            }
        }
        catch (InvalidDataException)
        {
            return total;
        }

        return total;
    }

    private sealed class Bounded(IFilter inner, BoundedFilters limits) : IFilter
    {
        public bool IsSupported => inner.IsSupported;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
        {
            limits.ThrowIfExceeded();
            if (inner is FlateFilter)
            {
                limits.Take(Inflate(input));
                return inner.Decode(input, streamDictionary, filterProvider, filterIndex);
            }

            var output = inner.Decode(input, streamDictionary, filterProvider, filterIndex);
            limits.Take(output.Length);
            return output;
        }
    }
}
