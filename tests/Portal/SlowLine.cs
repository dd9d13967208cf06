using System.Threading.Channels;
using Microsoft.Playwright;

namespace Tessera.Portal;

/// <summary>A slow line between the page and the host: whatever either says on the circuit arrives late, and in order.</summary>
internal static class SlowLine
{
    private static readonly TimeSpan OneWay = TimeSpan.FromMilliseconds(250);

    /// <summary>Slows the circuits that the page opens from now on.</summary>
    public static Task SlowAsync(IPage page) => page.RouteWebSocketAsync(_ => true, route =>
    {
        var server = route.ConnectToServer();
        route.OnMessage(Late(server));
        server.OnMessage(Late(route));
    });

    private static Action<IWebSocketFrame> Late(IWebSocketRoute target)
    {
        var line = Channel.CreateUnbounded<(IWebSocketFrame Frame, long Sent)>();
        _ = CarryAsync(line.Reader, target);
        return frame => line.Writer.TryWrite((frame, TimeProvider.System.GetTimestamp()));
    }

    private static async Task CarryAsync(ChannelReader<(IWebSocketFrame Frame, long Sent)> line, IWebSocketRoute target)
    {
        await foreach (var (frame, sent) in line.ReadAllAsync())
        {
            if (OneWay - TimeProvider.System.GetElapsedTime(sent) is { Ticks: > 0 } rest)
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
