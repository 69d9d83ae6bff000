"""Words that bear no mark of what was: whether they ask for a deed, deny it, or tell of it.

“整改完成” tells; “请于12月底前完成整改”, “加快进度，如期完成整改” ask; “未按期完成整改” denies.
"""

import re

_SOON = (
    r"(?:全面|全部|彻底|完全|真正|及时|实际|逐项|逐一|逐条|均|都|再次|提前|按期|如期|按时|限期|尽早|及早|"
    r"按(?:照)?(?:要求|规定|程序|方案|时限|时序|计划|标准)|依(?:法|规)(?:依规)?|(?:高|保)质(?:量|保量)|"
    r"高标准|高效|坚决|有序|稳步|一次性|统一|分别|随后|最终|同步|同时|并|且|及|和|一并|认真|严格|"
    r"能够?|曾|被|获|予以?|经|在?规定(?:时限|期限|时间)内)"
)
_ASKED = re.compile(
    r"(?<![申提报邀聘])请(?![示假求知悉]|注意)|责令|责成|(?<![经次复])督促|敦促|(?<![按照改动年])计划|(?<!充分)准备|打算|建议|提请|(?<![认确])定于|"
    r"要求(?:你|其|各|有关|责任)|(?<![重主必紧首摘纪概需])要(?!求|点|素|闻|件|害|道)|"
    r"(?<![对相反响适供])应(?!急|对|用|邀|有尽有|收尽收|我)|(?<![必急供所按])需(?!求)|预计|(?<!到)预期|(?<![按照现])承诺|(?<!到)目标|"
    r"最[迟晚]|不[迟晚]于|力求|保证|推动|推进(?!会|有力|顺利)|促进|做到|(?<![经过])努力|有待|亟待|尚待|如何|何时|能否|(?:申|提|报)请$|"
    r"(?:防止|避免|以免|[严谨以]防|杜绝|严禁|禁止|预防|遏制)[^，：]{0,20}$|"
    rf"(?:将|(?<![认许])可|可以|有望|即可|才|(?<![各双多对地官警])方|(?<![原规])则|再)(?:于\S{{0,12}})?{_SOON}*$|(?:[底末]|[月日天年周期限]内){_SOON}*$"
)
"""In the clause of bare words: an order, a hope or a warning. Words of what was are not it."""
_ORDERED = re.compile(
    r"(?<![申提报邀聘])请(?![示假求知悉]|注意)|(?<![重主必紧首摘纪概需])要(?!求|点|素|闻|件|害|道)|"
    r"(?<![对相反响适供])应(?!急|对|用|邀|有尽有|收尽收|我)|须|(?<![必急供])需(?!求)|务必|责令|督促|确保|"
    r"(?:^|[，：])(?:并|同时|进一步|切实|认真|继续|立即|迅速|坚持|持续|全力|全面|严格)*"
    r"(?:加快|抓紧|尽快|倒排|压实|落实|强化|加强|采取|制定|明确|举一反三|对照|对标|紧盯|细化|加大|提高|组织|"
    r"统筹|由[^，]{2,12}牵头|限期|推动|推进|开展)"
)
"""In the clauses before: an order that reaches words which have no subject of their own."""
_AT_FIRST = re.compile(
    r"(?:并|同时|进一步|切实|认真|继续|立即|迅速|坚持|持续|全力|全面|严格)*"
    r"(?:加快|抓紧|倒排|压实|强化|加强|紧盯|加大|提高|举一反三|限期)"
)
"""A clause that begins so is an order."""
_MUST = re.compile(
    r"(?<![申提报邀聘])请(?![示假求知悉])|(?<![重主必紧首摘纪概需])要(?!求|点|素|闻|件|害|道)|"
    r"(?<![对相反响适供])应(?!急|对|用|邀|有尽有|收尽收|我)|须|(?<![必急供])需(?!求)|务必|可(?![能视])"
)
"""Within the words."""
_NO_SUBJECT = re.compile(rf"{_SOON}*")
_ALONE = re.compile(
    r"(?:提前|按期|如期|按时|限期|尽早|及早|坚决|逐项|逐一|高标准|高质量|保质保量|"
    r"按(?:照)?(?:要求|规定|程序|方案|时限|时序|计划)|依规|依法依规)+(?:全面|全部|彻底)?"
)
"""The whole of a sentence before the words: it asks."""
_DENIED = re.compile(
    rf"(?:未|没有?|尚无|无法|不能|难以|不予|不得|并非|不是|远非|拒不|迟迟不){_SOON}*$"
)
_ONLY_THEN = re.compile(
    r"[^，]{0,6}，?(?:方可|方能|方才|才可|才能|始可|[方才]予|视为|视同|即(?:予|可|按|视)|则)|"
    r"(?:行为|情况)?(?:一律|一经|将[被按依严予受一]|从严|者|论处)|[、或和][^，]{1,10}的(?!是)|"
    r"(?:之?前|之日|之后|为止|与否|为准|为标准|为目标)|的?(?:后|前提|基础上)"
)
"""Behind bare words: they are the condition."""
_PASSED = re.compile(r"[已曾了]|现(?!场)|(?<!通)过(?!关)")


def is_asked(before: str, words: str, behind: str) -> bool:
    """Words that do not say that it was: in an order, a hope, a denial or a condition."""
    here = re.split("[，：]", before)[-1]
    if _PASSED.search(words) or re.search("[已曾]", here):
        return False
    return bool(
        _ASKED.search(here)
        or _AT_FIRST.match(here)
        or _MUST.search(words)
        or _DENIED.search(here)
        or _ONLY_THEN.match(behind)
        or _ALONE.fullmatch(before)
        or (here != before and _NO_SUBJECT.fullmatch(here) and _ORDERED.search(before))
    )
