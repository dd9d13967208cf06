using System.Numerics.Tensors;
using Tessera.Inference.Static;
using Tessera.Training.Embedding;

namespace Tessera.Unit.Training.Embedding;

public sealed class EmbedderTrainingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tessera-embedder-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Question_comes_nearest_to_its_topics_passage_after_learning_and_not_before()
    {
        Assert.InRange(Right(Learn(Toy.Settings with { Epochs = 0 })), 0, Toy.Topics / 2);
        Assert.InRange(Right(Learn(Toy.Settings)), Toy.Topics - 2, Toy.Topics);
    }

    [Fact]
    public void Threads_never_change_a_byte()
    {
        var two = StaticModelFile.Write(Learn(Toy.Settings));
        Assert.Equal(two, StaticModelFile.Write(Learn(Toy.Settings with { Threads = 1 })));
        Assert.NotEqual(two, StaticModelFile.Write(Learn(Toy.Settings with { Seed = 8 })));
    }

    [Fact]
    public void Stopped_learning_goes_on_to_the_same_bytes()
    {
        var path = Path.Combine(folder, "a.part");
        using var stop = new CancellationTokenSource();
        var stopper = new Progress(line =>
        {
            if (line.StartsWith("epoch 4", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => new EmbedderTraining(Toy.Settings, stopper).Learn(Toy.Texts, path, stop.Token));

        var lines = new List<string>();
        var model = new EmbedderTraining(Toy.Settings, new Progress(lines.Add)).Learn(Toy.Texts, path, TestContext.Current.CancellationToken);
        Assert.Contains(lines, x => x.StartsWith("goes on after epoch 4", StringComparison.Ordinal));
        Assert.Equal(StaticModelFile.Write(Learn(Toy.Settings)), StaticModelFile.Write(model));
    }

    [Fact]
    public void Checkpoint_of_other_settings_or_damaged_is_not_taken_up()
    {
        var path = Path.Combine(folder, "b.part");
        var short1 = Toy.Settings with { Epochs = 2 };
        new EmbedderTraining(short1, new Progress(_ => { })).Learn(Toy.Texts, path, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(Lines(short1 with { Seed = 9 }, path), x => x.StartsWith("goes on", StringComparison.Ordinal));

        Assert.Contains(Lines(short1 with { Seed = 9 }, path), x => x.StartsWith("goes on", StringComparison.Ordinal));
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.DoesNotContain(Lines(short1 with { Seed = 9 }, path), x => x.StartsWith("goes on", StringComparison.Ordinal));
    }

    private static List<string> Lines(EmbedderSettings settings, string path)
    {
        var lines = new List<string>();
        new EmbedderTraining(settings, new Progress(lines.Add)).Learn(Toy.Texts, path, TestContext.Current.CancellationToken);
        return lines;
    }

    private static StaticModel Learn(EmbedderSettings settings) => new EmbedderTraining(settings, new Progress(_ => { })).Learn(Toy.Texts, null, TestContext.Current.CancellationToken);

    // How many questions of words in a combination that no pair had find a passage of their topic first.
    private static int Right(StaticModel model)
    {
        var embedder = new StaticEmbedder(model, "toy");
        var passages = Enumerable.Range(0, Toy.Topics).Select(x => Vector(embedder, Toy.Passage(x, 1))).ToList();
        return Enumerable.Range(0, Toy.Topics).Count(topic =>
        {
            var question = Vector(embedder, Toy.Question(topic, 2));
            return passages.Index().MaxBy(x => TensorPrimitives.Dot<float>(question, x.Item)).Index == topic;
        });
    }

    private static float[] Vector(StaticEmbedder embedder, string text)
    {
        var vector = new float[embedder.Dimensions];
        embedder.Embed(text, vector);
        return vector;
    }

    private sealed class Progress(Action<string> take) : IProgress<string>
    {
        public void Report(string value) => take(value);
    }
}
