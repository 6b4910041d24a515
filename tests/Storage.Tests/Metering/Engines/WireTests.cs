using System.Text;
using System.Text.RegularExpressions;
using CloudManager.Core.Metering;
using CloudManager.Core.Resources;
using CloudManager.Storage.Metering.Prometheus;

namespace CloudManager.Storage.Tests.Metering.Engines;

/// <summary>What goes over the wire, without an engine.</summary>
public sealed class WireTests
{
    [Fact]
    public void A_body_is_the_protobuf_of_remote_write()
    {
        var body = new WriteBody();
        body.Add(
            new("p"),
            Metric.Cpu,
            [new(new(42), 1, 1.5f, null, null, null, null), new(new(42), 2, null, 3, null, null, null)]
        );

        var name = Field(1, [.. Text(1, "__name__"), .. Text(2, "cloudmanager_cpu_percent")]);
        var pool = Field(1, [.. Text(1, "pool"), .. Text(2, "p")]);
        var resource = Field(1, [.. Text(1, "resource"), .. Text(2, "res-000042")]);
        var sample = Field(2, [0x09, .. BitConverter.GetBytes(1.5), 0x10, 0xE0, 0xA7, 0x12]);
        Assert.Equal(Field(1, [.. name, .. pool, .. resource, .. sample]), body.Bytes.ToArray());
        Assert.Equal(1, body.Samples);
        body.Add(new("p"), Metric.Disk, [new(new(42), 1, 1.5f, null, null, null, null)]);
        Assert.Equal(1, body.Samples);
    }

    [Fact]
    public void Every_number_of_a_range_is_matched_and_no_other()
    {
        foreach (
            var (low, high) in ((long, long)[])
                [(0, 0), (7, 7), (3, 12), (98, 101), (123, 4_567), (999_998, 1_000_003), (0, 1_999), (1_234, 1_239)]
        )
        {
            var pattern = new Regex(
                $"^(?:{string.Join('|', NumberPattern.Between(new(low), new(high)))})$",
                RegexOptions.None,
                TimeSpan.FromSeconds(10)
            );
            for (var n = Math.Max(0, low - 50); n < high + 50; n++)
            {
                Assert.Equal(n >= low && n <= high, pattern.IsMatch(new ResourceId(n).ToString()));
            }
        }
    }

    [Theory]
    [InlineData("whole", 1)]
    [InlineData("byte by byte", 0)]
    public void Samples_are_heard_however_the_answer_is_cut(string because, int whole)
    {
        const string answer = """
            {"status":"success","data":{"resultType":"matrix","result":[
            {"metric":{"__name__":"cloudmanager_cpu_percent","resource":"res-000042","pool":"7"},"values":[[300,"6.763"],[600.0,"1e+02"],[601,"5"],[900,"NaN"]]},
            {"metric":{"__name__":"up","resource":"res-000042"},"values":[[300,"1"]]},
            {"metric":{"__name__":"cloudmanager_disk_percent","resource":"\u0072es-000043"},"values":[[1.2e3,"0"]]}]},"stats":{"x":{"y":["1"]}}}
            """;
        var heard = new List<(long, Metric, long, float)>();
        var parser = new MatrixParser(
            (resource, metric, slot, value) => heard.Add((resource.Number, metric, slot, value))
        );
        var bytes = Encoding.UTF8.GetBytes(answer);
        var (from, step) = (0, whole == 1 ? bytes.Length : 1);
        for (var past = step; past <= bytes.Length; past += step)
        {
            from += parser.Feed(bytes.AsSpan(from, past - from), past == bytes.Length);
        }

        parser.End();
        Assert.True(
            heard.SequenceEqual([(42, Metric.Cpu, 1, 6.763f), (42, Metric.Cpu, 2, 100), (43, Metric.Disk, 4, 0)]),
            because
        );
    }

    [Theory]
    [InlineData("an error", """{"status":"error","errorType":"execution","error":"too many samples"}""")]
    [InlineData(
        "a part of a cluster",
        """{"status":"success","isPartial":true,"data":{"resultType":"matrix","result":[]}}"""
    )]
    [InlineData("no matrix", """{"status":"success","data":{"resultType":"vector","result":[]}}""")]
    [InlineData("cut off", """{"status":"success","data":{"resultType":"matrix","result":[""")]
    [InlineData("no JSON", "<html>")]
    [InlineData("nothing", "")]
    public async Task What_is_no_whole_answer_is_not_taken_for_one(string because, string answer)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(answer));
        Task Read() => MatrixReader.ReadAsync(stream, (_, _, _, _) => { }, CancellationToken.None);
        Assert.True(await Record.ExceptionAsync(Read) is FormatException, because);
    }

    [Fact]
    public void Every_float_survives_the_way_there_and_back()
    {
        var random = new Random(7);
        for (var i = 0; i < 200_000; i++)
        {
            var value = i % 2 == 0 ? BitConverter.Int32BitsToSingle(random.Next()) : (float)(random.NextDouble() * 400);
            if (float.IsFinite(value))
            {
                Assert.Equal(value, (float)Measured.Widen(value));
            }
        }
    }

    [Fact]
    public void The_last_64_slots_are_remembered_in_whatever_order_they_came()
    {
        var recent = new RecentSlots();
        foreach (var slot in (long[])[1_000, 990, 1_010, 937, 947, 946, 1_073])
        {
            recent.Add([new(new(5), slot, 1, null, null, null, null)]);
        }

        Assert.Equal([1_010L, 1_073], Of(5).Order());
        Assert.Empty(Of(6));
        IEnumerable<long> Of(long number) => recent.Of((new(number), new(number)), new(0, 2_000)).Select(h => h.Slot);
    }

    private static byte[] Text(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int field, byte[] bytes)
    {
        Assert.InRange(bytes.Length, 0, 127);
        return [(byte)((field << 3) | 2), (byte)bytes.Length, .. bytes];
    }
}
