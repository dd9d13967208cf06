using System.Threading.Channels;
using Microsoft.Playwright;

namespace Tessera.Portal;

/// <summary>A slow line between the page and the host: whatever either says on the circuit arrives late, and in order.</summary>
internal sealed class SlowLine
{
    private TimeSpan _oneWay = TimeSpan.Zero;

    /// <summary>Carries the circuits that the page opens from now on; as fast as can be until <see cref="Slow"/>.</summary>
    public static async Task<SlowLine> OfAsync(IPage page)
    {
        var line = new SlowLine();
        await page.RouteWebSocketAsync(_ => true, route =>
        {
            var server = route.ConnectToServer();
            route.OnMessage(line.Late(server));
            server.OnMessage(line.Late(route));
        });
        return line;
    }

    /// <summary>From now on a quarter of a second passes, each way.</summary>
    public void Slow() => _oneWay = TimeSpan.FromMilliseconds(250);

    private Action<IWebSocketFrame> Late(IWebSocketRoute target)
    {
        var line = Channel.CreateUnbounded<(IWebSocketFrame Frame, long Sent)>();
        _ = CarryAsync(line.Reader, target);
        return frame => line.Writer.TryWrite((frame, TimeProvider.System.GetTimestamp()));
    }

    private async Task CarryAsync(ChannelReader<(IWebSocketFrame Frame, long Sent)> line, IWebSocketRoute target)
    {
        await foreach (var (frame, sent) in line.ReadAllAsync())
        {
            if (_oneWay - TimeProvider.System.GetElapsedTime(sent) is { Ticks: > 0 } rest)
            {
                await Task.Delay(rest);
            }

            if (frame.Binary is { } bytes)
            {
                target.Send(bytes);
            }
            else
            {
                target.Send(frame.Text!);
            }
        }
    }
}
