using System.Collections.Frozen;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Requests;

/// <summary>Every expected no about requests, with its stable code.</summary>
public static class RequestRefusals
{
    public static NotFound NotFound(string id) =>
        new("request.notFound", ($"没有申请 {id}", $"there is no request {id}"));

    public static Invalid TypeNotOffered(RequestType type) =>
        new(
            "request.typeNotOffered",
            ($"暂不受理 {type} 类申请", $"requests of type {Words.Camel(type)} are not offered yet")
        );

    public static Forbidden WrongParty(RequestAction action) =>
        new(
            "request.wrongParty",
            ($"本单位无权办理“{Words.Kebab(action)}”", $"{Words.Kebab(action)} is not for this organisation")
        );

    public static Forbidden WrongRegion() =>
        new("request.wrongRegion", ("该申请由其他行政区划办理", "another region decides this request (art. 14, 43)"));

    public static Conflict WrongState(ServiceRequest request, RequestAction action) =>
        new(
            "request.wrongState",
            (
                $"申请处于 {Words.Camel(request.State)}，不能办理“{Words.Kebab(action)}”",
                $"a request in state {Words.Camel(request.State)} does not take {Words.Kebab(action)}"
            )
        );

    public static Conflict NotConcurred() =>
        new(
            "request.notConcurred",
            (
                "云技术保障部门尚未会签同意（第二十条）",
                "the technical department has not concurred with this change (art. 20)"
            )
        );

    public static Stale ChangedMeanwhile(int version) =>
        new(
            "request.changedMeanwhile",
            ($"申请已被他人更新，当前版本 {version}", $"the request has changed; it is now at version {version}")
        );

    public static Invalid OpinionRequired() =>
        new("request.opinionRequired", ("须写明意见", "this step needs a written opinion"))
        {
            Faults = [new("opinion", null, ("1 至 2000 个字符", "1 to 2000 characters"))],
        };

    public static Invalid Missing(string field) =>
        new($"request.{field}Required", ($"须填写 {field}", $"this step needs {field}"))
        {
            Faults = [new(field, null, ("必填", "a value"))],
        };

    public static Invalid NotUsed(string field) =>
        new("request.fieldNotUsed", ($"此步骤不使用 {field}", $"this step does not use {field}"))
        {
            Faults = [new(field, null, ("不填", "absent"))],
        };

    public static Conflict NothingCompleted() =>
        new(
            "request.nothingCompleted",
            ("没有已完成的行可以接受", "no line was completed, so there is nothing to accept")
        );
}

/// <summary>The words of enums as the surface writes them.</summary>
public static class Words
{
    /// <summary>camelCase, as in JSON.</summary>
    public static string Camel<T>(T value)
        where T : struct, Enum => Known<T>.Camel[value];

    /// <summary>kebab-case, as in paths.</summary>
    public static string Kebab<T>(T value)
        where T : struct, Enum => Known<T>.Kebab[value];

    /// <summary>Spelt once per enum: lists write them by the thousand.</summary>
    private static class Known<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Camel = Spell(name =>
            char.ToLowerInvariant(name[0]) + name[1..]
        );

        public static readonly FrozenDictionary<T, string> Kebab = Spell(name =>
            string.Concat(
                name.Select((c, i) => char.IsUpper(c) ? $"{(i == 0 ? "" : "-")}{char.ToLowerInvariant(c)}" : $"{c}")
            )
        );

        private static FrozenDictionary<T, string> Spell(Func<string, string> spell) =>
            Enum.GetValues<T>().Distinct().ToFrozenDictionary(v => v, v => spell(v.ToString()));
    }
}
