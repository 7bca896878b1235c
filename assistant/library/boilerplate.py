"""Sentences that are about the review or the bulletin, not about practice: never offered as learning.

Owns the wordings by which such a sentence is known wherever it stands.
"""

from __future__ import annotations

import re
from functools import lru_cache


def _any_of(*wordings: str) -> re.Pattern[str]:
    return re.compile("|".join(wordings), re.IGNORECASE)


_REMEMBERED = 8_192
"""Lines whose answer is remembered: each is asked about several times while its document is read."""
_BLACKED_OUT = "█"
_NUMBER = re.compile(r"\A\d{1,2}(?:\.\d{1,2}){0,2}[.)]?\s+")
_FOR_WHAT = r"(?!(?-i: the| an?|(?: [A-Z][\w’']*)+)(?: [\w’'-]+){1,5}, whos?e? )"
"""After thanks, that it is not said what somebody did: "I would like to thank the cook, who went on asking"."""
_STANDING = (
    (
        "about this document",
        _any_of(
            r"this (?:\w+ |\d+[- ]minute )?(?:bulletin|brief(?:ing)?|summary|document|newsletter|note"
            r"|letter|page|leaflet|guide)\b.{0,80}?"
            r"\b(?:summari[sz]es|outlines|focuses|collates|pulls|brings|sets out|aims|includes|provides|contains"
            r"|highlights|describes|captures|explains|shares|covers|is (?:intended|for|based|designed)"
            r"|(?:was|has been) (?:published|written|developed|prepared)|can be|should be (?:used|read|shared))\b",
            r"(?:this|our|these) (?:[\w’'-]+ ){0,4}?(?:briefings?|bulletins?|series|page|leaflet|newsletter)\b"
            r" (?:\w+ )?(?:is|are|has been|have been|was|will|draws?|looks?|explores?|presents?|gathers?|supports?"
            r"|helps?|can be"
            r"|should be (?:read|used|shared))\b",
            r"this (?:[\w-]+ ){0,4}?(?:review|report|audit) (?:looks at|examines|considers|explores|sets out"
            r"|summari[sz]es"
            r"|brings together|is about)\b",
            r"(?:further |more |electronic )?copies of this\b",
            r".{0,160}\b(?:with)?in this (?:briefing|bulletin|leaflet|newsletter)\b",
            r".{0,60}\bexpects that this (?:bulletin|briefing)",
            r"we ask that you take time",
            r"th(?:is|e) (?:joint )?(?:targeted area )?(?:inspection|visit|jtai)(?: \(JTAI\))? (?:took place"
            r"|looked at"
            r"|included?s? an evaluation|was (?:carried out|conducted)\b)",
            r"(?:alongside this evaluation|finally|in addition),? inspectors (?:undertook|evaluated|carried out)\b",
            r"(?:the |both |her |his )?(?:majesty[’']s )?(?:lead )?inspectors? (?:for this visit )?(?:and the"
            r" director\b.{0,40}\bagreed"
            r"|were (?-i:[A-Z][\w’'-]+ [A-Z][\w’'-]+)|(?:were|was) (?:\w+ )?on[- ]site|used video"
            r"|met with(?!.{0,80}\bwhom?\b)"
            r"|held (?:face|a range|discussions)"
            r"|spoke (?:to|with) (?:a (?:small )?(?:number|range|group)|children|staff)"
            r"|reviewed (?:relevant )?local authority"
            r"|considered (?:a (?:broad|wide)? ?range|the application)|evaluated the (?:quality|effectiveness))\b",
            r"specifically, inspectors (?:considered|looked|evaluated)\b",
            r"the secretar(?:y|ies) of state\b.{0,400}\brequested that\b",
            r"(?:a |the )?pseudonyms?\b.{0,30}\bused\b",
            r"between \d.{0,300}\b(?:undertook|carried out) (?:an?|this) (?:joint )?(?:targeted area )?inspection\b",
            r"\S+(?: \S+)? produces this report\b",
            r"(?:seven|\d)[- ]minute briefings? (?:is|are)\b",
            r"the following (?:recommendations|actions) (?:were|have been|are) (?:agreed|accepted|made|endorsed)\b",
            r"(?:thank you|thanks)(?: so much| again| very much| everyone| all)*,? (?:to|for)\b",
            r"(?:(?:to|please) )?(?:tell us|let us know) (?:how|what|if) you\b|any (?:feedback|questions|comments"
            r"|queries)\?",
            r"if you (?:want|would like|wish) to (?:talk|discuss|know)\b.{0,60} please (?:call|contact|email|ring)\b",
            r"(?:(?:we|this (?:web)?site|our (?:web)?site) (?:would like to |also )?(?:use|set|store"
            r"|place)s?\b.{0,60}\bcookies\b)",
            r"(?:share|follow|like|find|join|watch) (?:us |this )?on (?:facebook|twitter|x|linkedin|instagram"
            r"|youtube)\b"
            r"|(?:previous|next|older|newer) (?:post|article|issue|story|page|entry|edition)\b"
            r"|(?:listen to|watch|download|view) (?:the|our|this) (?:\w+ )?(?:podcast|video|webinar|recording|slides"
            r"|pdf|poster)\Z",
            r"(?:key|legend|rag(?: ratings?| status)?)\s*:.{0,30}\b(?:red|amber|green)\b",
            r"was this (?:page|briefing) (?:helpful|useful)|(?:back|return) to (?:the )?top\b"
            r"|skip to (?:main )?content\b",
            r"(?:this )?(?:page|document|briefing|guide)?\W*(?:was )?(?:last|next) (?:updated|reviewed|modified"
            r"|review)\b.{0,40}\d.{0,20}\Z",
            r"(?:next |last )?(?:review|reviewed|updated) (?:due|date|on)\b.{0,20}\d.{0,20}\Z",
            r"(?:this|the) (?:[\w-]+ ){0,3}(?:action|improvement|implementation|delivery) plan\b.{0,30}\b(?:is"
            r"|will be|was) "
            r"(?:\w+ )?(?:monitored|overseen|reviewed|updated|owned|signed off|agreed|developed|held)\b",
            r"(?:from|sent|to|subject|date)\W{0,3}:.{3,300}?\b(?:sent|to|subject|cc)\W{0,3}:\W",
            r"please (?:share|cascade|circulate|forward) (?:this|it|widely|with (?:your|all"
            r"|colleagues))\b[^.]{0,40}\W*\Z",
            r"view (?:this|it) (?:e-?mail |page |newsletter )?in (?:your|a) browser\b|our (?:mailing"
            r"|postal) address\b"
            r"|want to change how\b|(?:you can )?(?:update your (?:email )?preferences|unsubscribe)\b|you are"
            r" receiving this\b",
            rf"congratulations (?:to|on)\b|well done to\b{_FOR_WHAT}",
            r"we hope (?:that )?(?:you|this|it|the)\b|to unsubscribe\b|your email address\b"
            r"|(?:to|cc|from|for the attention of):\s[^.?!]{3,120}\Z",
            r"(?:final|draft)(?: (?:report|version|copy|draft|v\d[\d.]*)){0,2}(?: for (?:publication|comment))?\W*\Z"
            r"|(?:official|restricted|confidential|not protectively marked|unclassified)\b[^.?!]{0,40}\Z",
            r"please (?:see|find) (?:below|attached|the attached)\b|(?:see|as) attached\b"
            r"|for your information\b.{0,20}\Z",
            r"anyone who is (?:unhappy|dissatisfied) with this (?:report|letter)\b",
            r"(?:a |an )?(?:electronic |printed )?cop(?:y|ies) (?:is|are|of this \w+ (?:is|are|can be)) (?:kept"
            r"|available|found|obtained)\b",
            r"(?:do you )?want to (?:hear from us|know more|keep up to date)\b|(?:sign up"
            r"|subscribe)\b.{0,80}\b(?:newsletter|updates|alerts|bulletin)\b",
            r"follow us\b.{0,60}\Z|(?:print|share|tweet|email) this\b.{0,20}\Z",
            r"the (?:[A-Z]?[\w’']+ ){0,8}(?:looks at|inspects|regulates"
            r"|inspects and regulates) (?:\w+,? ){0,3}(?:schools|services|nurseries|care"
            r"|providers)\b.{0,160}\b(?:across|throughout|in) (?:the country|england|wales|scotland|the uk)",
            r"this (?:sheet|form|template) (?:is|should be|must be|can be)\b|use this (?:sheet|form|template)\b",
            r"(?:click|tap)(?: or (?:click|tap))? here\b|(?:please )?(?:insert|enter) (?:the )?(?:patient|name"
            r"|child|date|details|text)\b.{0,40}\Z",
            r"(?:download|print|share|display) this (?:page|briefing|bulletin|document|poster|leaflet|sheet)\b",
        ),
    ),
    (
        "said to its readers in passing",
        _any_of(
            r"(?:i|we)(?: am| are|[’']m|[’']re) (?:(?:also|very|so|really|all|particularly|extremely"
            r"|once again) )*(?:grateful"
            r"|delighted|pleased|thrilled|excited|proud|sorry to|thankful|writing|happy to)\b",
            rf"(?:i|we|the (?:\w+ )?(?:review|reviewers?|panel|author|partnership|board|team))"
            rf" (?:(?:would|should) (?:also )?like to |(?:also )?(?:wants?|wishe?s?) to |wanted to )?(?:thanks?|wish"
            rf"|congratulate)\b{_FOR_WHAT}",
            r"(?:i |we )?hope (?:you|that you|this|everyone|all|your)\b|see you (?:there|soon|next)\b"
            r"|happy (?:new year|christmas|easter|summer|reading)\b",
            r"as (?:promised|discussed|mentioned|requested|you (?:may |will |all )?know),? (?:here|attached|below"
            r"|please|i|we)\b",
            r"(?:so |can you |could you )*please (?:read|join|book|reply|feel free|pass (?:this|it)|come|let me"
            r"|get in touch"
            r"|complete (?:the|our|this) (?:\w+ )?(?:survey|form|evaluation))\b",
            r"(?:if|should) (?:you|anyone|anybody|any of you) (?:would like|wants?|wish(?:es)?|ha(?:ve"
            r"|s) any) (?:to (?:talk"
            r"|discuss|speak|chat|find out)|questions|comments|quer\w+|feedback)\b|my door is\b",
            r"it(?:[’']s| has| was| is)(?: been)? (?:a|another) (?:\w+ )?(?:busy|great"
            r"|eventful|long|good"
            r"|exciting)\b.{0,40}\b(?:months?|year|quarter|weeks?|time|term|summer|autumn|winter|spring)\b",
            r"(?-i:[A-Z])[\w’'-]+(?: (?-i:[A-Z])[\w’'-]+)? (?:has|have|will be) (?:joined|joining|left|leaving"
            r"|retired|retiring"
            r"|returned to|been appointed)\b",
            r"i (?:know|think|thought|appreciate|realise|understand|attach|enclose|have (?:attached|enclosed)"
            r"|look forward)\b"
            r"|(?:[\w’'-]+ ){1,6}(?:is|are) (?:below|attached|above|enclosed)\b"
            r"|(?:shout|drop me|drop us|give me a|get in touch|let me know|come and find me)\b.{0,40}\b(?:if|line"
            r"|ring|call|shout)\b"
            r"|(?:articles|contributions|submissions|responses|replies|rsvps?)\b.{0,30}\b(?:to|by)\b.{0,40}\Z"
            r"|(?:slides|notes|certificates|a recording|the recording) (?:will be|is|are) (?:sent|shared|available"
            r"|circulated)\b",
            r"if you are not the intended recipient\b|(?:\w+ )?places (?:are|is) (?:free|limited|available|still)\b"
            r"|(?:lunch|refreshments) will be\b",
            r"(?:the )?(?:chair|meeting|group|members) (?:\w+ )?(?:welcomed|opened|closed|thanked)\b"
            r"|introductions were made\b"
            r"|(?:the )?minutes (?:of|from)\b.{0,80}\b(?:agreed|accepted|approved)\b|apologies (?:were|for absence)\b"
            r"|(?:there (?:was|were) )?(?:none|no(?:thing)? (?:other business|further business|declarations"
            r"|items)?) ?(?:raised|declared"
            r"|reported|noted)?\Z",
        ),
    ),
    (
        "how the review was made",
        _any_of(
            r"(?:this|(?:an?|the|this)(?: local)?(?: serious case| rapid| (?:child safeguarding )?practice| learning"
            r"| thematic"
            r"| safeguarding adults?))"
            r" review was (?:held|commissioned|undertaken|convened|carried out|conducted|led|initiated)\b",
            r"why this case was chosen|the criteria for an?\b.{0,80}\b(?:review|inquiry)\b.{0,80}\b(?:was|were"
            r"|are) (?:not )?met\b",
            r"we (?:looked at|read|audited|reviewed|sampled) (?:[\w-]+ ){1,3}?(?:cases|assessments|records|plans"
            r"|files|reviews)\W*\Z",
            r"this (?:\w+ ){0,3}(?:report|overview|summary|review) (?:presents|sets out|follows|covers|draws|was"
            r" (?:written"
            r"|prepared|produced|completed|agreed|published)|is the (?:report|result|product))\b"
            r"|the (?:report|review) was (?:published|written|completed|agreed|signed off)\b",
            r"the (?:lead |independent |overview |report )*(?:reviewer|author|chair)s? (?:(?:was|were|is|are)"
            r" (?:fully )?"
            r"independent\b|(?:has|have|had) (?:no|never|not)\b|(?:has|have|had) extensive\b|(?:met|spoke) with\b)",
            r"(?:we|reviewers|auditors) (?:spoke|talked|met) (?:to|with) (?:[\w-]+ )?(?:parents|children|young"
            r" people|families"
            r"|practitioners|professionals|staff|managers|workers)\b.{0,60}\b(?:in|during|on|between|from) .{3,40}\Z",
            r"(?:inspection|visit|audit|review|fieldwork) dates?:|(?:lead |her majesty[’']s |his majesty[’']s"
            r" )*(?:inspector"
            r"|reviewer|author)s?:\s\S.{0,100}\Z",
            r"the office for standards in education\b.{0,160}\b(?:regulates|inspects)\b",
            r"(?:a total of |in total,? )?[\w-]+ (?:\w+ )?(?:cases|records|files|case ?files|plans|assessments"
            r"|children[’']s (?:cases|records|files)) were (?:audited|sampled|dip[- ]sampled"
            r"|selected)\b.{0,100}\b(?:by|in|from|across|for|between)\b",
            r"(?:the (?:[\w’'-]+ ){0,6}?)(?:partnership|board|panel|council|lscb|lscp|sab) (?:\w+"
            r" )?(?:commissioned|agreed to"
            r" (?:commission|undertake|carry out)|decided to (?:commission|undertake|carry out|hold)) (?:this"
            r"|an?|the|two"
            r"|three)\b.{0,60}\b(?:review|audit)\b",
            r"a review was (?:commissioned|undertaken|convened|carried out|conducted|initiated)\b",
            r"i make the following statement\b",
            r"(?:this|the) review (?:used|followed|adopted)\b.{0,60}\b(?:model|method|methodology|approach"
            r"|process)\b",
            r"(?:a|the) (?:review|case) (?:team|group|panel)\b.{0,60}\b(?:met|was (?:formed|made up|chaired))\b",
            r"this inspection (?:focused|looked|considered)\b|our evaluation of strategic\b",
            r"a joint inspection of\b.{0,120}\bwill\b|the inspectorates recogni[sz]e\b"
            r"|we anticipate that (?:these|each)\b",
            r"a multi-agency inspection of this area\b|the findings in (?:the|this) report\b"
            r"|even where the report does not\b",
        ),
    ),
    (
        "how the inspection goes on",
        _any_of(
            r"(?:ofsted|inspectors|the inspectorates?|we) will (?:take|use|consider|review)\b.{0,40}\b(?:findings"
            r"|statement|response|action plan)\b",
            r"you should (?:submit|send|prepare|share)\b.{0,60}\b(?:action plan|statement|response)\b",
            r"in terms of our next steps\b|i am copying this letter\b",
            r"(?:this letter|it|ofsted) will (?:also )?(?:be (?:published|shared|sent|copied)|publish)\b",
            r"(?:we have|.{2,60}\b(?:inspectorate|inspector|ofsted) (?:has|have)) determined that\b",
            r"(?:the|this|that|your|a) (?:written )?(?:response|statement)\b.{0,40}\b(?:should (?:set out|be sent"
            r"|include)|will inform)\b",
            r".{3,120}\bshould (?:send|prepare|produce|coordinate|submit)\b.{0,20}\bwritten (?:statement|response)\b",
            r"the local safeguarding partners should oversee implementation of the action plan\b",
            r"there (?:are|were) no areas? (?:for|of|requiring)\b",
            r"inspectors (?:also )?(?:looked at|considered|reviewed|evaluated) (?:a range of"
            r"|the local authority[’']s arrangements)\b",
            r"(?:this|the) (?:focused )?visit (?:looked|focused|was carried out|considered|took place)\b",
            r"the methodology for this (?:visit|inspection)\b|we have notified\b|all names (?:are"
            r"|have been) (?:pseudonyms|changed)\b",
            r"h(?:is|er) majesty[’']s chief inspector\b.{0,90}\bis leading\b",
            r"in (?:the|this) inspection\b.{0,60}\b(?:we evaluated|the evaluation)\b",
        ),
    ),
    (
        "the title of something else",
        _any_of(r"[^.?!]{0,120}\b(?:review|report|briefing|summary|bulletin)\b[^.?!]{0,60}\((?:19|20)\d\d\)\Z"),
    ),
    (
        "where the report is",
        _any_of(
            r"(?:the |a )?(?:full|overview|final|complete) (?:\w+ )?(?:report|review)\b.{0,120}"
            r"\b(?:published|found|accessed|read|available|here|download)",
            r"the report and (?:accompanying|learning)",
            r"the other .{0,30}\bscr will be published",
            r".{0,120}\bthe (?:\w+ )?report,? (?:which )?will be published",
            r"more information about (?:scrs|serious case reviews)",
        ),
    ),
    (
        "what is being done about the review",
        _any_of(
            r"the (?:[\w’'-]+ ){0,5}?(?:board|partnership|lscb|lscp|sab) (?:has |have "
            r"|had )?(?:fully )?accepted (?:the|all|these|each|this)\b",
            r"(?:a|the) response plan will be published",
            r"(?:the|this|these) (?:learning|recommendations?|findings|action plan)\b.{0,40}? will be"
            r" (?:taken forward|monitored|overseen|progressed|disseminated|tracked)\b",
            r"progress will be (?:monitored|reviewed|overseen|reported|tracked)",
        ),
    ),
    (
        "an address",
        _any_of(
            r"(?:t|tel|telephone|phone|e|e-?mail|w|web|fax|dx)\s*:\s*\S+.{0,120}\Z",
            r"[^.!?]{0,200}\b[A-Z]{1,2}\d[\dA-Z]? \d[A-Z]{2}\b[^.!?]{0,40}\Z",
        ),
    ),
    (
        "about reviews in general",
        _any_of(
            r"a serious case review \(scr\) is not concerned",
            r"(?:the |its )?(?:main |overall |key )?(?:purpose|aim|focus) of (?:an?|the|these|this|all|serious|local"
            r"|child)\b"
            r"[^.]{0,60}\breviews?\b[^.]{0,20}\b(?:is|are|was)\b(?! to:)",
            r"(?:serious |safeguarding |child |local )*(?:case|practice|rapid|adults?|learning) reviews? (?:describe"
            r"|are (?:held"
            r"|undertaken|carried out|conducted|commissioned|not))\b",
        ),
    ),
    (
        "rights and publication",
        _any_of(
            r".{0,300}©|\(c\) |copyright|crown copyright|isbn\b|version\W{1,3}\d|page \d+ of",
            r"(?:date )?published(?: by\b| on\b| in\b|\W+\d|:)|date of publication\b.{0,30}\Z",
            r"(?:(?:posted|added|updated) )?(?:on |in )?(?:\d{1,2}(?:st|nd|rd|th)? )?(?:january|february|march"
            r"|april|may|june"
            r"|july|august|september|october|november|december),? (?:19|20)\d\d(?:\W+(?:by|in"
            r"|at)\b[^.?!]{2,40})?\W*\Z",
            r"welcome to (?:the|this|our) (?:\w+ ){0,4}(?:issue|edition|newsletter|bulletin)\b",
            r"[^.?!]{0,90}\b(?:accessibility(?: statement)?|privacy(?: policy| notice)?|cookies?(?: policy)?"
            r"|site ?map"
            r"|terms (?:and conditions|of use))\W*\Z",
            r"(?:if you|to) (?:would like|require|request|receive)\b.{0,60}\b(?:copy|copies|document|email alerts)\b",
            r"you may (?:copy|re-?use)|any complaints about",
            r"this (?:e-?mail|message)\b.{0,60}\b(?:confidential|intended)\b",
            r"if you have received this (?:e-?mail|message)\b",
        ),
    ),
)


@lru_cache(maxsize=_REMEMBERED)
def boilerplate_reason(sentence: str) -> str | None:
    """Why a sentence is standing text, or None when it is not."""
    if _BLACKED_OUT in sentence:
        return "words of it are blacked out"
    bare = _NUMBER.sub("", " ".join(sentence.split()).strip(" *_|"))
    return next((reason for reason, wording in _STANDING if wording.match(bare)), None)
