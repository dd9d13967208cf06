using System.Diagnostics;
using Tessera.Reader.Worker;

// People wait for answers, nobody for a file: whoever asks comes first. Before the first thread is made, for threads have the priority of their maker.
using (var own = Process.GetCurrentProcess())
{
    own.PriorityClass = ProcessPriorityClass.BelowNormal;
}

// A worker of the Reader pool: requests on the standard input, replies on the standard output, the end of input ends it.
return await ReadLoop.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput()).ConfigureAwait(false);
