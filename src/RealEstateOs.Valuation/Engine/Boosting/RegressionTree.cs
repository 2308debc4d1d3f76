namespace RealEstateOs.Valuation.Engine.Boosting;

/// <summary>One tree in flat arrays. Node i is a leaf when its feature is negative; missing values always go left.</summary>
internal sealed class RegressionTree(int[] feature, float[] threshold, int[] left, int[] right, float[] value)
{
    public float Predict(ReadOnlySpan<float> row)
    {
        var node = 0;
        while (feature[node] >= 0)
            node = row[feature[node]] > threshold[node] ? right[node] : left[node];
        return value[node];
    }

    public void Write(BinaryWriter to)
    {
        to.Write((short)feature.Length);
        for (var i = 0; i < feature.Length; i++)
        {
            to.Write((short)feature[i]);
            to.Write(feature[i] >= 0 ? threshold[i] : value[i]);
            if (feature[i] < 0) continue;
            to.Write((short)left[i]);
            to.Write((short)right[i]);
        }
    }

    public static RegressionTree Read(BinaryReader from)
    {
        var nodes = from.ReadInt16();
        var (feature, threshold, left, right, value) = (new int[nodes], new float[nodes], new int[nodes], new int[nodes], new float[nodes]);
        for (var i = 0; i < nodes; i++)
        {
            feature[i] = from.ReadInt16();
            var figure = from.ReadSingle();
            if (feature[i] < 0)
            {
                value[i] = figure;
                continue;
            }
            threshold[i] = figure;
            left[i] = from.ReadInt16();
            right[i] = from.ReadInt16();
        }
        return new(feature, threshold, left, right, value);
    }
}
