using Tessera.Reader.Worker;

// A worker of the Reader pool: requests on the standard input, replies on the standard output, the end of input ends it.
return await ReadLoop.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput()).ConfigureAwait(false);
