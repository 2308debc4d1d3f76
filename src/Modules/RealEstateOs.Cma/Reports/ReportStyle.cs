using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.Cma.Reports;

internal static class ReportStyle
{
    public static Html Sheet { get; } = Html.Trusted(
        """
        @page{size:A4;margin:16mm 14mm 17mm}@page:first{margin:0}
        *{box-sizing:border-box}html{-webkit-print-color-adjust:exact}
        body{margin:0;font:10.2pt/1.5 "Noto Sans","DejaVu Sans","Noto Naskh Arabic",sans-serif;color:#12304a}
        [dir=rtl] body,html[dir=rtl] body{font-family:"Noto Naskh Arabic","Noto Sans Arabic","Noto Sans","DejaVu Sans",sans-serif;
        font-size:11pt}
        svg text{font-family:"Noto Sans","DejaVu Sans","Noto Naskh Arabic",sans-serif}
        .cover{height:297mm;padding:22mm 18mm 16mm;display:flex;flex-direction:column;justify-content:space-between;
        background:linear-gradient(160deg,var(--ink) 0 58%,var(--accent) 58% 58.6%,#f4f7f9 58.6%);color:#fff;position:relative}
        .cover header{display:flex;justify-content:space-between;align-items:baseline;border-bottom:1px solid #ffffff55;padding-bottom:5mm}
        .photo{position:absolute;inset:0 0 auto;height:216mm;overflow:hidden;clip-path:polygon(0 0,100% 0,100% 64.5%,0 100%)}
        .photo{container-type:size}
        .photo img{position:absolute;inset:50% auto auto 50%;translate:-50% -50%;width:max(100cqw,100cqh*var(--ratio));height:auto}
        .photo::after{content:"";position:absolute;inset:0;
        background:linear-gradient(180deg,#0b1f30cc 0,#0b1f3059 22%,#0b1f30d9 62%,#0b1f30f2 100%)}
        .cover header,.cover .middle,.cover footer{position:relative}
        .brand{font-size:17pt;font-weight:700;display:flex;align-items:center;gap:4mm}
        .brand img{max-height:14mm;max-width:45mm;background:#fff;border-radius:1.5mm;padding:1mm}.kind{font-size:11pt;opacity:.85}
        .cover .middle{margin-top:-14mm}.cover h1{font-size:31pt;line-height:1.2;margin:0 0 3mm;max-width:165mm;overflow-wrap:anywhere}
        .cover .place{font-size:14pt;opacity:.85;margin:0 0 8mm;min-height:1em}
        .facts{display:flex;gap:9mm;margin:0 0 12mm}.facts dt{font-size:8.5pt;opacity:.75}.facts dd{margin:0;font-size:14pt;font-weight:700}
        .price{background:#fff;color:#12304a;border-radius:4mm;padding:7mm 9mm;display:inline-flex;flex-direction:column;gap:1mm;
        box-shadow:0 2mm 8mm #0003}
        .price strong{font-size:27pt;line-height:1.25;color:var(--accent)}.price span{color:#576474}
        .cover footer{display:flex;justify-content:space-between;gap:8mm;color:#12304a;font-size:9.5pt;line-height:1.45}
        .cover footer>div{max-width:62mm}
        .cover footer b{color:var(--accent);font-size:8.5pt}.cover footer p{margin:0 0 2mm}.cover footer strong{font-size:11pt}
        .cover dl:not(.facts){display:grid;grid-template-columns:max-content 1fr;gap:0 4mm;margin:0}.cover footer dt{color:#5b6776}
        .cover footer dd{margin:0;white-space:nowrap}
        .sample{position:absolute;inset-inline:0;top:0;margin:0;background:#8a5a12;color:#fff;text-align:center;padding:1.8mm;font-size:9pt;
        font-weight:700}
        section{break-before:page}.cover,section.next{break-before:auto}.fine{font-size:8.8pt;line-height:1.4}.fine li{margin-bottom:1mm}
        .fine h3{margin-top:5mm}
        .summary{min-height:255mm;display:flex;flex-direction:column;justify-content:space-between}.summary h3{margin-top:0}
        h2{font-size:18pt;margin:0 0 4mm;padding-bottom:2mm;border-bottom:.7mm solid var(--accent);break-after:avoid}
        section.next h2{margin-top:9mm}
        h3{font-size:11pt;margin:6mm 0 2mm;color:var(--accent);break-after:avoid}p{margin:0 0 3mm}
        .small,small{font-size:8.4pt;color:#576474}small{display:block;line-height:1.35;font-weight:400}
        .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(36mm,1fr));gap:4mm;margin:3mm 0}
        .card{background:#f4f7f9;border-radius:2.5mm;padding:3.5mm 4mm;break-inside:avoid}
        .card span{display:block;font-size:8.6pt;color:#576474}.card strong{font-size:14pt;line-height:1.35}
        .card.main{background:var(--ink);color:#fff}.card.main span{color:#cfe5e2}
        table{border-collapse:collapse;width:100%;font-size:8.9pt;margin:2mm 0 3mm}
        th{font-size:8pt;color:#576474;text-align:start;border-bottom:.4mm solid #12304a;padding:1.2mm 1.5mm;vertical-align:bottom}
        td{padding:1.6mm 1.5mm;border-bottom:.2mm solid #d5dbe1;vertical-align:top}tr{break-inside:avoid}
        .n{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}th.n{white-space:normal}.day{white-space:nowrap}
        .roomy td{padding:3.5mm 2mm}.big{font-size:13pt;font-weight:700;color:var(--accent)}
        .adjust{display:flex;justify-content:space-between;gap:3mm;font-size:8pt;white-space:nowrap}
        figure{margin:0;break-inside:avoid}.list{break-inside:avoid}ul{margin:0;padding-inline-start:5mm}li{margin-bottom:1.6mm}
        .money{white-space:nowrap}
        """);
}
