namespace Tessera.Inference.Gguf;

/// <summary>What a file must hold before native code sees it.</summary>
internal static class GgufValidator
{
    private static readonly string[] Float = ["F32", "F16", "BF16"];

    /// <summary>Checks a model; returns its sizes.</summary>
    /// <exception cref="ModelException"><see cref="ModelFault.BadFile"/>, with what is missing or wrong.</exception>
    public static ModelSizes Check(GgufFile file)
    {
        var name = file.Text("general.architecture") ?? throw Bad("it does not name its architecture");
        if (file.Text("general.type") is "adapter")
        {
            throw Bad("it is an adapter, which needs its base model");
        }

        if (file.Tensors.Count == 0)
        {
            throw Bad("it holds no weights");
        }

        if (!Architecture.All.TryGetValue(name, out var architecture))
        {
            throw Bad($"its architecture is not one of {string.Join(", ", Architecture.All.Keys.Order(StringComparer.Ordinal))}");
        }

        foreach (var key in architecture.Keys)
        {
            _ = file.Real($"{name}.{key}") is { } value && double.IsFinite(value) ? value : throw Bad($"the key '{name}.{key}' is missing or no number");
        }

        var sizes = ModelSizes.Read(file, name);
        VocabularyRules.Check(file, architecture, sizes.Vocabulary);
        CheckTensors(file, architecture, sizes);
        return sizes;
    }

    private static void CheckTensors(GgufFile file, Architecture architecture, ModelSizes sizes)
    {
        var expected = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rule in architecture.Tensors)
        {
            if ((rule.Place == TensorPlace.Expert && sizes.Experts == 0) || (rule.Place == TensorPlace.Dense && sizes.Experts > 0))
            {
                continue;
            }

            var layers = rule.Place == TensorPlace.One ? 1 : (int)sizes.Layers;
            for (var layer = 0; layer < layers; layer++)
            {
                var name = rule.Place == TensorPlace.One ? rule.Name : $"blk.{layer}.{rule.Name}";
                expected.Add(name);
                Check(file, rule, name, sizes);
            }
        }

        if (file.Tensors.FirstOrDefault(tensor => !expected.Contains(tensor.Name)) is { } foreign)
        {
            throw Bad($"its architecture has no tensor '{foreign.Name}'");
        }
    }

    private static void Check(GgufFile file, TensorRule rule, string name, ModelSizes sizes)
    {
        if (!file.TensorByName.TryGetValue(name, out var tensor))
        {
            if (!rule.IsOptional)
            {
                throw Bad($"the tensor '{name}' is missing");
            }

            return;
        }

        var shape = rule.Shape.Split(',').Select(size => size.Split('+').Sum(letter => sizes.Of(letter[0]))).ToList();
        // A size of one at the end is left out by some who write files.
        var found = tensor.Shape.Concat(Enumerable.Repeat(1L, Math.Max(0, shape.Count - tensor.Shape.Count))).ToList();
        if (!found.Take(shape.Count).SequenceEqual(shape) || found.Skip(shape.Count).Any(size => size != 1))
        {
            throw Bad($"the tensor '{name}' is {string.Join(" × ", tensor.Shape)}, not {string.Join(" × ", shape)}");
        }

        // Added and multiplied weight by weight: the engine computes these in one way only.
        if ((shape.Count == 1 && tensor.Type.Name != "F32") || tensor.Type.Name is "I8" or "I16" or "I32" or "I64" or "F64" or "Q8_1" or "Q8_K")
        {
            throw Bad($"the tensor '{name}' is stored as {tensor.Type.Name}, which is not run");
        }
    }

    /// <summary>Whether a file holds an adapter.</summary>
    public static bool IsAdapter(GgufFile file) => file.Text("general.type") is "adapter";

    /// <summary>Checks an adapter against the model that it is to change.</summary>
    /// <exception cref="ModelException"><see cref="ModelFault.WrongAdapter"/>, with what does not fit.</exception>
    public static void CheckAdapter(GgufFile adapter, GgufFile model)
    {
        Fits(IsAdapter(adapter) && adapter.Text("adapter.type") is "lora", "it is no LoRA adapter");
        Fits(adapter.Text("general.architecture") == model.Text("general.architecture"), "it was made for another architecture");
        Fits(adapter.Real("adapter.lora.alpha") is { } alpha && double.IsFinite(alpha), "it does not say how strong it is");
        Fits(adapter.Tensors.Count is > 0 && adapter.Tensors.Count % 2 == 0, "its tensors are no pairs");
        foreach (var first in adapter.Tensors.Where(tensor => !tensor.Name.EndsWith(".lora_b", StringComparison.Ordinal)))
        {
            Fits(first.Name.EndsWith(".lora_a", StringComparison.Ordinal), $"it holds '{first.Name}'");
            var name = first.Name[..^".lora_a".Length];
            Fits(model.TensorByName.ContainsKey(name), $"the model has no tensor '{name}'");
            Fits(adapter.TensorByName.ContainsKey(name + ".lora_b"), $"it holds one half of '{name}'");
            var (weights, second) = (model.TensorByName[name], adapter.TensorByName[name + ".lora_b"]);
            Fits(
                first.Shape.Count == 2 && second.Shape.Count == 2 && weights.Shape.Count == 2 && first.Shape[0] == weights.Shape[0]
                && second.Shape[1] == weights.Shape[1] && first.Shape[1] == second.Shape[0] && first.Shape[1] <= 1024,
                $"'{name}' has another shape in this model");
            Fits(Float.Contains(first.Type.Name) && Float.Contains(second.Type.Name), $"'{name}' is stored in a way that is not run");
        }
    }

    private static void Fits(bool holds, string problem)
    {
        if (!holds)
        {
            throw new ModelException(ModelFault.WrongAdapter, $"The adapter does not fit this model: {problem}. Take the one that was made for it.");
        }
    }

    private static ModelException Bad(string problem) => new(ModelFault.BadFile, $"The file is no model that can be run: {problem}.");
}
