namespace RealEstateOs.Marketing.Adverts;

/// <summary>Amenities and features as people read them: <c>swimming_pool</c>, <c>sea view</c>.</summary>
internal static class Amenities
{
    private static readonly Dictionary<string, (string En, string Ar)> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["swimming pool"] = ("Swimming pool", "مسبح"), ["pool"] = ("Swimming pool", "مسبح"),
        ["private pool"] = ("Private pool", "مسبح خاص"), ["shared pool"] = ("Shared pool", "مسبح مشترك"),
        ["gym"] = ("Gym", "صالة رياضية"), ["parking"] = ("Parking", "موقف سيارات"), ["covered parking"] = ("Covered parking", "موقف مغطى"),
        ["balcony"] = ("Balcony", "شرفة"), ["terrace"] = ("Terrace", "تراس"),
        ["sea view"] = ("Sea view", "إطلالة على البحر"), ["marina view"] = ("Marina view", "إطلالة على المارينا"),
        ["canal view"] = ("Canal view", "إطلالة على القناة"), ["city view"] = ("City view", "إطلالة على المدينة"),
        ["garden"] = ("Garden", "حديقة"), ["private garden"] = ("Private garden", "حديقة خاصة"),
        ["maid room"] = ("Maid's room", "غرفة خادمة"), ["maids room"] = ("Maid's room", "غرفة خادمة"), ["study"] = ("Study", "غرفة مكتب"),
        ["central ac"] = ("Central air conditioning", "تكييف مركزي"), ["built in wardrobes"] = ("Built-in wardrobes", "خزائن مدمجة"),
        ["security"] = ("Security", "حراسة"), ["concierge"] = ("Concierge", "خدمة استقبال"),
        ["elevator"] = ("Elevator", "مصعد"), ["beach access"] = ("Beach access", "وصول إلى الشاطئ"), ["beach"] = ("Beach", "شاطئ"),
        ["high floor"] = ("High floor", "طابق مرتفع"), ["furnished"] = ("Furnished", "مفروش"),
        ["pets allowed"] = ("Pets welcome", "يسمح بالحيوانات الأليفة"), ["kitchen appliances"] = ("Kitchen appliances", "أجهزة مطبخ"),
        ["barbecue area"] = ("Barbecue area", "منطقة شواء"), ["jacuzzi"] = ("Jacuzzi", "جاكوزي"),
        ["children's play area"] = ("Play area", "منطقة ألعاب"), ["kids play area"] = ("Play area", "منطقة ألعاب"),
        ["spa"] = ("Spa", "سبا"), ["sauna"] = ("Sauna", "ساونا"), ["fireplace"] = ("Fireplace", "مدفأة"),
        ["garage"] = ("Garage", "مرآب"), ["walk in closet"] = ("Walk-in closet", "غرفة ملابس"), ["smart home"] = ("Smart home", "منزل ذكي"),
        ["hardwood floors"] = ("Hardwood floors", "أرضيات خشبية"),
    };

    /// <summary>
    /// Null for what says nothing; in Arabic also for what has no Arabic name here: half a line in another language helps nobody.
    /// </summary>
    public static string? Name(string amenity, bool arabic)
    {
        var key = amenity.Replace('_', ' ').Replace('-', ' ').Trim();
        if (Known.TryGetValue(key, out var name)) return arabic ? name.Ar : name.En;
        return arabic || key.Length == 0 ? null : char.ToUpperInvariant(key[0]) + key[1..];
    }

    /// <summary>The same within a sentence: a known name begins small, an unknown one stays as somebody wrote it.</summary>
    public static string? InSentence(string amenity, bool arabic)
    {
        var key = amenity.Replace('_', ' ').Replace('-', ' ').Trim();
        if (Known.TryGetValue(key, out var name)) return arabic ? name.Ar : char.ToLowerInvariant(name.En[0]) + name.En[1..];
        return arabic || key.Length == 0 ? null : key;
    }
}
