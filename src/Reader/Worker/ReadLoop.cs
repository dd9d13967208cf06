using Tessera.Reader.Protocol;

namespace Tessera.Reader.Worker;

/// <summary>Takes one request after the other until the input ends.</summary>
internal static class ReadLoop
{
    /// <summary>Known and generous, so that the depth that a file may have does not depend on the system's default.</summary>
    private const int Stack = 16 << 20;

    /// <returns>0. The process ends at once when the input does, also in the midst of a file: its parent is gone.</returns>
    public static async Task<int> RunAsync(Stream input, Stream output)
    {
        var replies = new ReplyStream(new BufferedStream(output, 1 << 16));
        var work = Task.CompletedTask;
        replies.SendNow(new ReadReply.Ready());
        while (await Frames.ReadAsync(input, ProtocolJson.Wire.ReadRequest, CancellationToken.None).ConfigureAwait(false) is { } request)
        {
            await work.ConfigureAwait(false);
            work = OnOwnStack(() => FileWork.Run(request, replies));
        }

        Environment.Exit(0);
        return 0;
    }

    /// <summary>What escapes here ends the process: the parent sees a crashed worker.</summary>
    private static Task OnOwnStack(Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(
            () =>
            {
                action();
                done.SetResult();
            },
            Stack);
        thread.Start();
        return done.Task;
    }
}
