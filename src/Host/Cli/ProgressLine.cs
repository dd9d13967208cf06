namespace Tessera.Host.Cli;

/// <summary>How much of long work is done, as one line of a terminal that goes away at the end; nothing where errors are no terminal.</summary>
internal sealed class ProgressLine : IProgress<double>, IDisposable
{
    private const int Width = 40;
    private readonly bool _shown = !Console.IsErrorRedirected;
    private int _percent = -1;

    /// <param name="value">The share done, 0 to 1.</param>
    public void Report(double value)
    {
        var percent = (int)(value * 100);
        if (_shown && percent != _percent)
        {
            _percent = percent;
            var done = percent * Width / 100;
            Console.Error.Write($"\r[{new string('#', done)}{new string('.', Width - done)}] {percent,3} %");
        }
    }

    public void Dispose()
    {
        if (_percent >= 0)
        {
            Console.Error.Write($"\r{new string(' ', Width + 8)}\r");
            _percent = -1;
        }
    }
}
